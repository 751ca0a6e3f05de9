import { loginNameText } from "../../operations/kit/text-schemas.ts";
import { linkRequestTexts } from "../../texts/pages/password.ts";
import type { WebOperations } from "../operations.ts";
import { LinkRequest, LinkRequested } from "./request-link-page.tsx";
import { htmlResponse } from "../kit/response.ts";
import { readFields } from "../kit/form-fields.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";

export function showLinkRequest(): PageAction {
  return (_request, site) => Promise.resolve(htmlResponse(200, site.language, <LinkRequest site={site} />));
}

export function requestLink({ requestPasswordLink }: Pick<WebOperations, "requestPasswordLink">): PageAction {
  return async (request, site) => {
    const rule = { schema: loginNameText, label: linkRequestTexts[site.language].username };
    const { values, errors } = readFields(request.form(), { username: rule }, site.language);
    const { username } = values;
    if (errors.length > 0) {
      return htmlResponse(
        400,
        site.language,
        <LinkRequest site={site} username={username} errors={errors} />,
      );
    }
    await requestPasswordLink({ ...callFrom(request, site), body: { username } });
    return htmlResponse(200, site.language, <LinkRequested site={site} />);
  };
}

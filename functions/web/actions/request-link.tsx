import { loginNameText } from "../../../shared/http/text-schemas.ts";
import { linkRequestTexts } from "../../../shared/texts/pages/password.ts";
import type { WebOperations } from "../operations.ts";
import { LinkRequest, LinkRequested } from "../pages/link-request.tsx";
import { htmlResponse } from "../response.ts";
import { readFields } from "./form-fields.ts";
import type { PageAction } from "./page-action.ts";

export function showLinkRequest(): PageAction {
  return (_request, site) => Promise.resolve(htmlResponse(200, site.language, <LinkRequest site={site} />));
}

export function requestLink({ requestPasswordLink }: Pick<WebOperations, "requestPasswordLink">): PageAction {
  return async ({ form, origin, sourceAddress }, site) => {
    const rule = { schema: loginNameText, label: linkRequestTexts[site.language].username };
    const { values, errors } = readFields(form(), { username: rule }, site.language);
    const { username } = values;
    if (errors.length > 0) {
      return htmlResponse(
        400,
        site.language,
        <LinkRequest site={site} username={username} errors={errors} />,
      );
    }
    await requestPasswordLink({ username, origin, sourceAddress });
    return htmlResponse(200, site.language, <LinkRequested site={site} />);
  };
}

import * as z from "zod/mini";
import { isDomainError } from "../../domain/errors.ts";
import { importReport } from "../../operations/imports/schemas.ts";
import { formFailure } from "../kit/form-failure.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { htmlResponse, redirect, withOwnRequests } from "../kit/response.ts";
import { PreviewPage } from "./preview-page.tsx";
import type { ImportOperations } from "./preview-import.tsx";
import { readText } from "./users-file.ts";

/** Imports the text that the preview showed. The key makes a second sending harmless. */
export function carryOutImport({ importUsers, getOrganisation }: ImportOperations): PageAction {
  return async (request, site) => {
    const [id, formKey] = [request.parameter("id"), request.parameter("key")];
    const text = readText(await request.upload());
    const call = callFrom(request, site);
    const outcome = site.link("/organisaties/{id}/gebruikers-importeren/{key}", { id, key: formKey });
    try {
      await importUsers({ ...call, params: { id }, formKey, text: { text, encoding: "utf-8" } });
      return redirect(outcome);
    } catch (error) {
      if (isDomainError(error, "import-unfinished")) return redirect(outcome);
      const page = { site, organisation: await organisationOf(id, call, { getOrganisation }) };
      if (isDomainError(error, "import-rejected")) {
        const { rows } = z.parse(importReport, error.members);
        return htmlResponse(422, site.language, <PreviewPage {...page} rows={rows} importing={null} />);
      }
      if (!isDomainError(error, "temporarily-unavailable")) throw error;
      const { status, title, errors, headers } = formFailure(error, site, {});
      const again = { rows: null, importing: { key: formKey, text }, errorTitle: title, errors };
      const answer = <PreviewPage {...page} {...again} />;
      return htmlResponse(status, site.language, answer, { ...headers, ...withOwnRequests });
    }
  };
}

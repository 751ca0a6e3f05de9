import { importTexts } from "../../texts/pages/import.ts";
import { routes } from "../../operations/imports/routes.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { fileToKeep, htmlResponse, withOwnRequests } from "../kit/response.ts";
import { ImportPage } from "./import-page.tsx";
import { PreviewPage } from "./preview-page.tsx";
import type { WebOperations } from "../operations.ts";
import { requireMay } from "../kit/rights.ts";
import { readFile } from "./users-file.ts";

export interface ImportOperations extends Pick<
  WebOperations,
  "getOrganisation" | "importUsers" | "viewImport"
> {
  /** Makes an import's key, which must be impossible to guess. */
  readonly newKey: () => string;
}

export function showImport({ getOrganisation }: ImportOperations): PageAction {
  return async (request, site) => {
    requireMay(routes.importUsers, site, request.parameter("id"));
    const call = callFrom(request, site);
    const organisation = await organisationOf(request.parameter("id"), call, { getOrganisation });
    return htmlResponse(200, site.language, <ImportPage site={site} organisation={organisation} />);
  };
}

/** Begins with a byte order mark, because spreadsheet programs need it to recognise UTF-8. */
export const downloadExample: PageAction = async (request, site) => {
  requireMay(routes.importUsers, site, request.parameter("id"));
  const { exampleFile, columns } = importTexts[site.language];
  const content = `\uFEFF${Object.values(columns).join(";")}\r\n`;
  return Promise.resolve(fileToKeep("text/csv; charset=utf-8", exampleFile, content));
};

/** A dry run: it adds nobody, but is counted and audited. */
export function previewImport({ importUsers, getOrganisation, newKey }: ImportOperations): PageAction {
  return async (request, site) => {
    requireMay(routes.importUsers, site, request.parameter("id"));
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const organisation = await organisationOf(id, call, { getOrganisation });
    const { text, error } = await readFile(await request.upload(), site);
    if (error !== null) {
      const page = <ImportPage site={site} organisation={organisation} errors={[error]} />;
      return htmlResponse(400, site.language, page);
    }
    const { rows } = (await importUsers({ ...call, params: { id }, query: { dryRun: "true" }, text })).body;
    const isRight = rows.every(({ errors }) => errors.length === 0);
    const importing = isRight ? { key: newKey(), text: text.text } : null;
    const page = <PreviewPage site={site} organisation={organisation} rows={rows} importing={importing} />;
    return htmlResponse(isRight ? 200 : 422, site.language, page, withOwnRequests);
  };
}

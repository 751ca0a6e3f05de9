import { authorise } from "../../../shared/http/authorisation.ts";
import { importTexts } from "../../../shared/texts/pages/import.ts";
import { routes } from "../../user-imports/routes.ts";
import { callFrom, signedIn, type PageAction } from "../../web/actions/page-action.ts";
import type { PageRequest } from "../../web/request.ts";
import { fileToKeep, htmlResponse, withOwnRequests } from "../../web/response.ts";
import type { Site } from "../../web/site.ts";
import { ImportPage } from "../pages/import.tsx";
import { PreviewPage } from "../pages/preview.tsx";
import type { ImportDependencies } from "./actions.ts";
import { readFile } from "./users-file.ts";

/** The organisation of the address; a form is for whoever may send it. @throws NotAllowed, NotFound */
function organisationFor({ parameter }: PageRequest, site: Site): string {
  const id = parameter("id");
  authorise(routes.importUsers.who, signedIn(site).member, id);
  return id;
}

export const showImport: PageAction = async (request, site) => {
  const page = <ImportPage site={site} organisationId={organisationFor(request, site)} />;
  return Promise.resolve(htmlResponse(200, site.language, page));
};

/** A byte order mark in front, without which spreadsheet programs do not take it for UTF-8. */
export const downloadExample: PageAction = async (request, site) => {
  organisationFor(request, site);
  const { exampleFile, columns } = importTexts[site.language];
  const content = `\uFEFF${Object.values(columns).join(";")}\r\n`;
  return Promise.resolve(fileToKeep("text/csv; charset=utf-8", exampleFile, content));
};

/** Looks at a file, and changes nothing: what importing it would do, row by row. */
export function previewImport({ importUsers, newKey }: ImportDependencies): PageAction {
  return async (request, site) => {
    const organisationId = organisationFor(request, site);
    const { text, error } = await readFile(await request.upload(), site);
    if (error !== null) {
      const page = <ImportPage site={site} organisationId={organisationId} errors={[error]} />;
      return htmlResponse(400, site.language, page);
    }
    const asked = { params: { id: organisationId }, query: { dryRun: "true" }, text };
    const { rows } = (await importUsers({ ...callFrom(request, site), ...asked })).body;
    const isRight = rows.every(({ errors }) => errors.length === 0);
    const importing = isRight ? { key: newKey(), text } : null;
    const page = (
      <PreviewPage site={site} organisationId={organisationId} rows={rows} importing={importing} />
    );
    return htmlResponse(isRight ? 200 : 422, site.language, page, withOwnRequests);
  };
}

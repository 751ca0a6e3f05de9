import { HelpPage } from "./help-page.tsx";
import { htmlResponse } from "../kit/response.ts";
import type { PageAction } from "../kit/page-action.ts";

export const showHelp: PageAction = (_request, site) =>
  Promise.resolve(htmlResponse(200, site.language, <HelpPage site={site} />));

import { HelpPage } from "../pages/help.tsx";
import { htmlResponse } from "../response.ts";
import type { PageAction } from "./page-action.ts";

export const showHelp: PageAction = (_request, site) =>
  Promise.resolve(htmlResponse(200, site.language, <HelpPage site={site} />));

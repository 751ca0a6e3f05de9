import type { WebOperations } from "../operations.ts";
import { Welcome } from "../pages/welcome.tsx";
import { dropSessionCookie, htmlResponse, redirect } from "../response.ts";
import type { PageAction } from "./page-action.ts";

export function showWelcome({ findWebSession }: Pick<WebOperations, "findWebSession">): PageAction {
  return async ({ cookie, query }, site) => {
    const session = cookie === null ? null : await findWebSession(cookie);
    if (!session) return redirect(site.link("/"), dropSessionCookie());
    const warn = query("wachtwoord") !== "later";
    return htmlResponse(200, site.language, <Welcome site={site} session={session} warn={warn} />);
  };
}

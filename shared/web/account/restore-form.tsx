import type { APIGatewayProxyResult } from "aws-lambda";
import { parseSessionToken } from "../../operations/sessions/session-token.ts";
import { Resume } from "./restored-form-page.tsx";
import { htmlResponse, setSessionCookie } from "../kit/response.ts";
import { pageRoutes, type PageRoute } from "../routes.ts";
import type { Site } from "../kit/site.ts";
import { restoredQuery, type SavedForm } from "../kit/saved-form.ts";

const routes: readonly PageRoute[] = Object.values(pageRoutes).flat();

/** The addresses of forms that can be saved: a browser cannot make us lead anywhere else. */
const addresses = routes
  .filter(({ savesForm }) => savesForm)
  .map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, String.raw`[\w-]+`)}$`));

/**
 * The page that leads back to a saved form, for the person who filled it in and has just signed in again.
 * @param cookie of the session that has just begun
 * @returns null for anybody else, and for an address that is no form of ours
 */
export function restoreForm(
  { username, path, fields }: SavedForm,
  cookie: string,
  site: Site,
): APIGatewayProxyResult | null {
  if (parseSessionToken(cookie)?.username !== username) return null;
  if (!addresses.some((address) => address.test(path))) return null;
  const address = `${site.link("/")}${path.slice(1)}?${new URLSearchParams([Object.values(restoredQuery)]).toString()}`;
  const page = <Resume site={site} address={address} fields={fields} />;
  return htmlResponse(200, site.language, page, setSessionCookie(cookie));
}

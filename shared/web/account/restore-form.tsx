import type { APIGatewayProxyResult } from "aws-lambda";
import { parseSessionToken } from "../../operations/sessions/session-token.ts";
import { pages as administrationPages } from "../users/routes.ts";
import { pages as organisationPages } from "../organisations/routes.ts";
import { pages as sanctionPages } from "../sanctions/routes.ts";
import { Resume } from "./restored-form-page.tsx";
import { htmlResponse, setSessionCookie } from "../kit/response.ts";
import type { PageRoute } from "../routes.ts";
import type { Site } from "../kit/site.ts";
import { resumedQuery, type TypedForm } from "../kit/saved-form.ts";

const routes: readonly PageRoute[] = [...administrationPages, ...organisationPages, ...sanctionPages];

/** Of the forms that are kept: nothing that a browser sent leads anywhere else. */
const addresses = routes
  .filter(({ keepsTyped }) => keepsTyped)
  .map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, String.raw`[\w-]+`)}$`));

/**
 * The page that leads back to a form, for whoever has just signed in and typed it.
 * @param cookie of the session that has just begun
 * @returns null for anybody else, and for what is no form of ours
 */
export function bringBack(
  { username, path, fields }: TypedForm,
  cookie: string,
  site: Site,
): APIGatewayProxyResult | null {
  if (parseSessionToken(cookie)?.username !== username) return null;
  if (!addresses.some((address) => address.test(path))) return null;
  const address = `${site.link("/")}${path.slice(1)}?${new URLSearchParams([Object.values(resumedQuery)]).toString()}`;
  const page = <Resume site={site} address={address} fields={fields} />;
  return htmlResponse(200, site.language, page, setSessionCookie(cookie));
}

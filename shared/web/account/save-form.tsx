import type { APIGatewayProxyResult } from "aws-lambda";
import { parseSessionToken } from "../../operations/sessions/session-token.ts";
import { SignIn } from "./sign-in-page.tsx";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse } from "../kit/response.ts";
import type { PageRoute } from "../routes.ts";
import { filledIn, type Site } from "../kit/site.ts";

/** As it is sent; with the fields for signing in it must still be a form that we take. */
const mostBytes = 12 * 1024;

/**
 * The sign-in page with what was typed into a form in it. The cookie stays: it tells whose it is, also when the
 * page is loaded again, which sends the form again.
 * @returns null where it is too much, or where nobody knows whose it is
 */
export function keepTyped(route: PageRoute, request: PageRequest, site: Site): APIGatewayProxyResult | null {
  const { cookie, form, parameter } = request;
  const owner = cookie === null ? null : parseSessionToken(cookie);
  const sent = form();
  if (!owner || sent.toString().length > mostBytes) return null;
  const typed = { username: owner.username, path: filledIn(route.path, parameter), fields: [...sent] };
  return htmlResponse(401, site.language, <SignIn site={site} typed={typed} />);
}

import type { APIGatewayProxyResult } from "aws-lambda";
import { parseSessionToken } from "../../operations/sessions/session-token.ts";
import { SignIn } from "./sign-in-page.tsx";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse } from "../kit/response.ts";
import type { PageRoute } from "../routes.ts";
import { fillPath, type Site } from "../kit/site.ts";

/** Smaller than the limit of forms, because the sign-in form's own fields are added. */
const mostBytes = 12 * 1024;
/** More than any form of ours has. Each becomes a field of the page, many times longer than an empty one was sent. */
const mostFields = 200;

/**
 * The sign-in page, carrying the form that was sent. The cookie stays: it says whose form it is, also when the page
 * is loaded again, which sends the form again.
 * @returns null for a form that is too large or whose owner is unknown
 */
export function saveForm(route: PageRoute, request: PageRequest, site: Site): APIGatewayProxyResult | null {
  const { cookie, form, parameter } = request;
  const owner = cookie === null ? null : parseSessionToken(cookie);
  const sent = form();
  if (!owner || sent.size > mostFields || sent.toString().length > mostBytes) return null;
  const savedForm = { username: owner.username, path: fillPath(route.path, parameter), fields: [...sent] };
  return htmlResponse(401, site.language, <SignIn site={site} savedForm={savedForm} />);
}

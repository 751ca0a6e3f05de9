import type { APIGatewayProxyResult } from "aws-lambda";
import type { PageRequest } from "../kit/request.ts";
import { dropSessionCookie, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import type { PageRoute } from "../routes.ts";
import { saveForm } from "./save-form.tsx";

/** Shows the sign-in page, which says that the session has ended and carries a form that can be saved. */
export function answerSignedOut(page: PageRoute, request: PageRequest, site: Site): APIGatewayProxyResult {
  const saved = page.savesForm ? saveForm(page, request, site) : null;
  if (saved) return saved;
  const address = site.link("/");
  return redirect(request.cookie === null ? address : `${address}?sessie=afgelopen`, dropSessionCookie());
}

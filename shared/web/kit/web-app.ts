import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { Origin } from "../../domain/audit.ts";
import { DomainError } from "../../domain/errors.ts";
import { answeringHead } from "../../http/head-requests.ts";
import type { RecordDataAccess } from "../../http/record-data-access.ts";
import type { RecordRefusedAct } from "../../http/record-refused-act.ts";
import { logRequestOf } from "../../runtime/logging.ts";
import { withDeadline } from "../../runtime/service-calls.ts";
import { answerError } from "./answer-error.tsx";
import type { PageAction, PageActions } from "./page-action.ts";
import { CrossSiteForm } from "./errors.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { PageRoute } from "../routes.ts";
import { isCrossSite, readRequest, type PageRequest } from "./request.ts";
import { rememberLanguage } from "./response.ts";
import { createSite, type Site, type SiteSetting } from "./site.ts";

/** `publicUrl`: origin and base path under which people reach the pages; the Host header is never used. */
export interface WebDependencies extends SiteSetting {
  /** Null: the session, account or organisation has ended, or never was. */
  readonly findWebSession: (cookie: string) => Promise<WebSession | null>;
  /** Answers a page that needs a session where there is none. */
  readonly answerSignedOut: (page: PageRoute, request: PageRequest, site: Site) => APIGatewayProxyResult;
  readonly recordDataAccess: RecordDataAccess;
  readonly recordRefusedAct: RecordRefusedAct;
}

export type WebApp = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** The pages as one function: routing, the defence against forged forms, and a page for every error. */
export function createWebApp<Routes extends readonly PageRoute[]>(
  routes: Routes,
  actions: PageActions<Routes>,
  dependencies: WebDependencies,
): WebApp {
  const { publicUrl, findWebSession, recordDataAccess } = dependencies;
  const actionOf: Readonly<Record<string, PageAction>> = actions;
  const publicOrigin = new URL(publicUrl).origin;
  const answer = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    logRequestOf(event);
    const request = readRequest(event, routes);
    const { page, language } = request;
    let site = createSite(dependencies, request, null);
    try {
      const action = page && actionOf[page.name];
      if (!action) throw new DomainError("not-found");
      if (page.method === "POST" && isCrossSite(event, publicOrigin)) throw new CrossSiteForm();
      const session = await sessionOf(request, findWebSession);
      if (!session && page.session === "required") return dependencies.answerSignedOut(page, request, site);
      site = createSite(dependencies, request, session);
      const answer = await action(request, site);
      if (showsPage(answer)) await recordDataAccess(site.dataViewed, originOf(request, session));
      return request.choosesLanguage ? rememberLanguage(answer, language) : answer;
    } catch (thrown) {
      await recordRefusal(thrown, request, site, dependencies);
      return answerError(thrown, site);
    }
  };
  return withDeadline(answeringHead(answer));
}

/** Operations and pages both refuse; whichever did, the request leaves one event. */
async function recordRefusal(
  error: unknown,
  { page, parameter, origin }: PageRequest,
  { session }: Site,
  { recordRefusedAct }: Pick<WebDependencies, "recordRefusedAct">,
): Promise<void> {
  if (!session || !page) return;
  const params = { id: parameter("id"), username: parameter("username") };
  await recordRefusedAct(error, { caller: session.member, route: page, params, origin });
}

/** A redirect shows none of the data that was read for it. */
function showsPage({ statusCode }: APIGatewayProxyResult): boolean {
  return statusCode < 300 || statusCode >= 400;
}

function originOf({ origin }: PageRequest, session: WebSession | null): Origin {
  if (!session) return origin;
  const { username, organisationId } = session.member.user;
  return { ...origin, actor: { username, organisationId } };
}

async function sessionOf(
  { page, cookie }: PageRequest,
  findWebSession: WebDependencies["findWebSession"],
): Promise<WebSession | null> {
  return page?.session === "none" || cookie === null ? null : findWebSession(cookie);
}

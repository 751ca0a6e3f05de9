import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { DomainError } from "../../domain/errors.ts";
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
  /** Gets codes and ids only. */
  readonly logger: { error(message: string, details: Record<string, string>): void };
}

export type WebApp = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** The pages as one function: routing, the defence against forged forms, and a page for every error. */
export function createWebApp<Routes extends readonly PageRoute[]>(
  routes: Routes,
  actions: PageActions<Routes>,
  dependencies: WebDependencies,
): WebApp {
  const { publicUrl, logger, findWebSession } = dependencies;
  const actionOf: Readonly<Record<string, PageAction>> = actions;
  const publicOrigin = new URL(publicUrl).origin;
  return withDeadline(async (event) => {
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
      return request.choosesLanguage ? rememberLanguage(answer, language) : answer;
    } catch (thrown) {
      const { requestId } = event.requestContext;
      return answerError(thrown, site, (error) =>
        logger.error("page-failed", { page: page?.name ?? "none", error, requestId }),
      );
    }
  });
}

async function sessionOf(
  { page, cookie }: PageRequest,
  findWebSession: WebDependencies["findWebSession"],
): Promise<WebSession | null> {
  return page?.session === "none" || cookie === null ? null : findWebSession(cookie);
}

import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { DomainError } from "../../domain/errors.ts";
import { answerError } from "./answer-error.tsx";
import type { PageAction } from "./page-action.ts";
import { CrossSiteForm } from "./errors.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { PageRoute } from "../routes.ts";
import { isCrossSite, readRequest, type PageRequest } from "./request.ts";
import { dropSessionCookie, redirect, rememberLanguage } from "./response.ts";
import { createSite, type Site, type SiteSetting } from "./site.ts";

/** `publicUrl`: origin and base path under which people reach the pages; the Host header is never used. */
export interface WebDependencies<Page extends PageRoute = PageRoute> extends SiteSetting {
  readonly pages: readonly Page[];
  /** What answers each page, by its name. */
  readonly actions: Readonly<Record<Page["name"], PageAction>>;
  /** Null: the session, account or organisation has ended, or never was. */
  readonly findWebSession: (cookie: string) => Promise<WebSession | null>;
  /** Gets codes and ids only. */
  readonly logger: { error(message: string, details: Record<string, string>): void };
}

export type WebApp = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** The pages as one function: routing, the defence against forged forms, and a page for every error. */
export function createWebApp<Page extends PageRoute>(dependencies: WebDependencies<Page>): WebApp {
  const { publicUrl, logger, pages, findWebSession } = dependencies;
  const actions: Readonly<Record<string, PageAction>> = dependencies.actions;
  const publicOrigin = new URL(publicUrl).origin;
  return async (event) => {
    const request = readRequest(event, pages);
    const { page, language } = request;
    let site = createSite(dependencies, request, null);
    try {
      const action = page && actions[page.name];
      if (!action) throw new DomainError("not-found");
      if (page.method === "POST" && isCrossSite(event, publicOrigin)) throw new CrossSiteForm();
      const session = await sessionOf(request, findWebSession);
      if (!session && page.session === "required") return await toSignIn(page, request, site);
      site = createSite(dependencies, request, session);
      const answer = await action(request, site);
      return request.choosesLanguage ? rememberLanguage(answer, language) : answer;
    } catch (thrown) {
      const { requestId } = event.requestContext;
      return answerError(thrown, site, (error) =>
        logger.error("page-failed", { page: page?.name ?? "none", error, requestId }),
      );
    }
  };
}

async function sessionOf(
  { page, cookie }: PageRequest,
  findWebSession: WebDependencies["findWebSession"],
): Promise<WebSession | null> {
  return page?.session === "none" || cookie === null ? null : findWebSession(cookie);
}

/** Whoever was signed in is told that they no longer are, and what they typed is kept for them if it can be. */
async function toSignIn(page: PageRoute, request: PageRequest, site: Site): Promise<APIGatewayProxyResult> {
  const kept = page.keepsTyped && (await import("../account/save-form.tsx")).keepTyped(page, request, site);
  if (kept) return kept;
  const address = site.link("/");
  return redirect(request.cookie === null ? address : `${address}?sessie=afgelopen`, dropSessionCookie());
}

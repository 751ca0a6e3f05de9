import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { NotFound } from "../../shared/domain/errors.ts";
import type { Settings } from "../../shared/domain/settings.ts";
import type { Contacts } from "../../shared/environment.ts";
import { answerError } from "./actions/answer-error.tsx";
import { getAsset } from "./actions/get-asset.ts";
import type { PageAction } from "./actions/page-action.ts";
import { requestLink, showLinkRequest } from "./actions/request-link.tsx";
import { setPassword, showSetPassword } from "./actions/set-password.tsx";
import { showSignIn, signIn, signOut } from "./actions/sign-in.tsx";
import { showWelcome } from "./actions/welcome.tsx";
import { CrossSiteForm } from "./errors.ts";
import type { WebOperations } from "./operations.ts";
import { isCrossSite, readRequest } from "./request.ts";
import type { PageName } from "./routes.ts";
import { createSite } from "./site.ts";

export interface WebDependencies extends WebOperations {
  readonly settings: Settings;
  readonly contacts: Contacts;
  /** Origin and base path under which people reach the pages; the Host header is never used. */
  readonly publicUrl: string;
  /** Gets codes and ids only. */
  readonly logger: { error(message: string, details: Record<string, string>): void };
}

export type WebApp = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** The pages as one function: routing, the defence against forged forms, and a page for every error. */
export function createWebApp(dependencies: WebDependencies): WebApp {
  const { publicUrl, logger } = dependencies;
  const actions = actionsFor(dependencies);
  const publicOrigin = new URL(publicUrl).origin;
  return async (event) => {
    const request = readRequest(event);
    const { page } = request;
    const site = createSite(dependencies, request.language);
    try {
      if (!page) throw new NotFound();
      if (page.method === "POST" && isCrossSite(event, publicOrigin)) throw new CrossSiteForm();
      return await actions[page.name](request, site);
    } catch (thrown) {
      const { requestId } = event.requestContext;
      return answerError(thrown, site, (error) =>
        logger.error("page-failed", { page: page?.name ?? "none", error, requestId }),
      );
    }
  };
}

function actionsFor(operations: WebOperations): Record<PageName, PageAction> {
  return {
    showSignIn: showSignIn(operations),
    signIn: signIn(operations),
    showLinkRequest: showLinkRequest(),
    requestLink: requestLink(operations),
    showSetPassword: showSetPassword(operations),
    setPassword: setPassword(operations),
    showWelcome: showWelcome(operations),
    signOut: signOut(operations),
    getAsset,
  };
}

import type { APIGatewayProxyResult } from "aws-lambda";
import { DomainError } from "../../domain/errors.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { PageCall } from "./page-operation.ts";
import type { PageRequest } from "./request.ts";
import type { PageRoute } from "../routes.ts";
import type { Site } from "./site.ts";
import { restoredQuery } from "./saved-form.ts";

/** Answers one page. A domain error that it throws becomes an error page. */
export type PageAction = (request: PageRequest, site: Site) => Promise<APIGatewayProxyResult>;

/** The action of each page of a table of routes, by name. */
export type PageActions<Routes extends readonly PageRoute[]> = Readonly<
  Record<Routes[number]["name"], PageAction>
>;

/** The session of a page that requires one. @throws not-authenticated */
export function signedIn({ session }: Site): WebSession {
  if (!session) throw new DomainError("not-authenticated");
  return session;
}

/** The parts of an operation's call that come from the request. */
export function callFrom(
  { requestId, sourceAddress, language, query }: PageRequest,
  { session, dataViewed }: Site,
): PageCall {
  const restored = query(restoredQuery.name) === restoredQuery.value;
  return { session, requestId, sourceAddress, language, restored, dataViewed };
}

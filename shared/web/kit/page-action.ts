import type { APIGatewayProxyResult } from "aws-lambda";
import { DomainError } from "../../domain/errors.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { PageCall } from "./page-operation.ts";
import type { PageRequest } from "./request.ts";
import type { Site } from "./site.ts";
import { resumedQuery } from "./saved-form.ts";

/** What answers one page: it may throw any domain error, which then gets a page of its own. */
export type PageAction = (request: PageRequest, site: Site) => Promise<APIGatewayProxyResult>;

/** Whoever is signed in, on pages that ask for it. @throws not-authenticated */
export function signedIn({ session }: Site): WebSession {
  if (!session) throw new DomainError("not-authenticated");
  return session;
}

/** What every call of an operation of the interface takes from the request. @throws not-authenticated */
export function callFrom(
  { origin, sourceAddress, language, query }: PageRequest,
  site: Site,
): Pick<PageCall, "session" | "origin" | "sourceAddress" | "language" | "resumed"> {
  const resumed = query(resumedQuery.name) === resumedQuery.value;
  return { session: signedIn(site), origin, sourceAddress, language, resumed };
}

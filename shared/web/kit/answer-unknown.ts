import type { APIGatewayProxyResult } from "aws-lambda";
import { DomainError } from "../../domain/errors.ts";
import { problemOf, problemResponse } from "../../http/problem-response.ts";
import type { PageAction } from "./page-action.ts";
import type { PageRequest } from "./request.ts";
import { withStrictHeaders } from "./response.ts";
import type { Site } from "./site.ts";

/**
 * Answers an address that is nothing: with a page for a browser, and as the API does for everybody else. The gateway
 * cannot tell them apart.
 */
export const answerUnknown: PageAction = (request, site) => {
  const error = new DomainError("not-found");
  return request.acceptsPages ? Promise.reject(error) : Promise.resolve(problemFor(error, request, site));
};

function problemFor(
  error: DomainError,
  { language, requestId }: PageRequest,
  { version }: Site,
): APIGatewayProxyResult {
  const response = problemResponse(problemOf(error), { language, requestId });
  return withStrictHeaders({ ...response, headers: { ...response.headers, "API-Version": version } });
}

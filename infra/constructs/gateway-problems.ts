import { ResponseType, type RestApi } from "aws-cdk-lib/aws-apigateway";
import { Construct } from "constructs";
import type { Contacts } from "../../shared/runtime/environment.ts";
import type { ProblemSlug } from "../../shared/domain/errors.ts";
import { problemStatus, problemType } from "../../shared/http/problems.ts";
import { problemTitle } from "../../shared/texts/problem-titles.ts";
import { problemDetail } from "../../shared/texts/problems.ts";

export interface GatewayProblemsProps {
  readonly api: RestApi;
  readonly version: string;
  readonly contacts: Contacts;
}

/** API Gateway's own refusals, with our problem for each. */
const refusals: readonly (readonly [ResponseType, ProblemSlug])[] = [
  [ResponseType.UNAUTHORIZED, "not-authenticated"],
  [ResponseType.ACCESS_DENIED, "not-allowed"],
  [ResponseType.WAF_FILTERED, "not-allowed"],
  [ResponseType.RESOURCE_NOT_FOUND, "not-found"],
  // API Gateway asks for a signature on an unknown path or method; none of our routes uses signatures.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, "not-found"],
  [ResponseType.INVALID_SIGNATURE, "not-found"],
  [ResponseType.EXPIRED_TOKEN, "not-found"],
  [ResponseType.INVALID_API_KEY, "not-found"],
  [ResponseType.BAD_REQUEST_BODY, "invalid-request"],
  [ResponseType.BAD_REQUEST_PARAMETERS, "invalid-request"],
  [ResponseType.REQUEST_TOO_LARGE, "payload-too-large"],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"],
  [ResponseType.THROTTLED, "too-many-attempts"],
  [ResponseType.QUOTA_EXCEEDED, "too-many-attempts"],
  [ResponseType.DEFAULT_4XX, "invalid-request"],
  [ResponseType.INTEGRATION_FAILURE, "temporarily-unavailable"],
  // After a time-out the change may have been made; `temporarily-unavailable` would say that it was not.
  [ResponseType.INTEGRATION_TIMEOUT, "internal-error"],
  [ResponseType.API_CONFIGURATION_ERROR, "internal-error"],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, "internal-error"],
  [ResponseType.AUTHORIZER_FAILURE, "internal-error"],
  [ResponseType.DEFAULT_5XX, "internal-error"],
];

/** The `Retry-After` of problems that have one. */
export const retryAfterSeconds = {
  "too-many-attempts": 60,
  "temporarily-unavailable": 30,
} as const satisfies Partial<Record<ProblemSlug, number>>;

const waitAfter = (slug: ProblemSlug): number | undefined =>
  slug in retryAfterSeconds ? retryAfterSeconds[slug as keyof typeof retryAfterSeconds] : undefined;

/**
 * Gives API Gateway's own answers the form of all problems (DESIGN §4). They are always in Dutch, since the gateway
 * cannot choose a language.
 */
export class GatewayProblems extends Construct {
  constructor(scope: Construct, id: string, { api, version, contacts }: GatewayProblemsProps) {
    super(scope, id);
    for (const [type, slug] of refusals) {
      api.addGatewayResponse(type.responseType, {
        type,
        statusCode: String(problemStatus[slug]),
        responseHeaders: headers(slug, version),
        templates: { "application/json": gatewayProblem(slug, contacts, "urn:uuid:$context.requestId") },
      });
    }
  }
}

function headers(slug: ProblemSlug, version: string): Record<string, string> {
  const wait = waitAfter(slug);
  const plain: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Content-Language": "nl",
    "API-Version": version,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    ...(problemStatus[slug] === 401 && { "WWW-Authenticate": "Bearer" }),
    ...(wait !== undefined && { "Retry-After": String(wait) }),
  };
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, `'${value}'`]));
}

/** The body of a problem that a service in front of the functions answers. */
export function gatewayProblem(slug: ProblemSlug, contacts: Contacts, instance?: string): string {
  return JSON.stringify({
    type: problemType(slug),
    title: problemTitle(slug, "nl"),
    status: problemStatus[slug],
    detail: problemDetail(slug, "nl", { contacts, retryAfterSeconds: waitAfter(slug) ?? null }),
    instance,
  });
}

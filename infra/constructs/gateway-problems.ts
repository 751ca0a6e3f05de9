import { ResponseType } from "aws-cdk-lib/aws-apigateway";
import type { Contacts } from "../../shared/runtime/environment.ts";
import type { ProblemSlug } from "../../shared/domain/errors.ts";
import { problemStatus, problemType } from "../../shared/http/problems.ts";
import type { Language } from "../../shared/texts/language.ts";
import { problemTitle } from "../../shared/texts/problem-titles.ts";
import { problemDetail } from "../../shared/texts/problems.ts";

/** An answer of the gateway's own ("x-amazon-apigateway-gateway-responses.gatewayResponse" in its guide). */
export interface GatewayProblem {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

const languages: readonly Language[] = ["nl", "en"];

/** The gateway's own refusals, and our problem for each. */
const refusals: readonly (readonly [ResponseType, ProblemSlug])[] = [
  [ResponseType.UNAUTHORIZED, "not-authenticated"],
  [ResponseType.EXPIRED_TOKEN, "not-authenticated"],
  [ResponseType.ACCESS_DENIED, "not-allowed"],
  [ResponseType.WAF_FILTERED, "not-allowed"],
  [ResponseType.RESOURCE_NOT_FOUND, "not-found"],
  // API Gateway asks for a signature on unknown paths and methods, because no route of ours takes one.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, "not-found"],
  [ResponseType.INVALID_SIGNATURE, "not-found"],
  [ResponseType.INVALID_API_KEY, "not-allowed"],
  [ResponseType.BAD_REQUEST_BODY, "invalid-request"],
  [ResponseType.BAD_REQUEST_PARAMETERS, "invalid-request"],
  [ResponseType.REQUEST_TOO_LARGE, "payload-too-large"],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"],
  [ResponseType.THROTTLED, "too-many-attempts"],
  [ResponseType.QUOTA_EXCEEDED, "too-many-attempts"],
  [ResponseType.DEFAULT_4XX, "invalid-request"],
  [ResponseType.INTEGRATION_FAILURE, "temporarily-unavailable"],
  // After a time-out the change may have been made, while `temporarily-unavailable` says that it was not.
  [ResponseType.INTEGRATION_TIMEOUT, "internal-error"],
  [ResponseType.API_CONFIGURATION_ERROR, "internal-error"],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, "internal-error"],
  [ResponseType.AUTHORIZER_FAILURE, "internal-error"],
  [ResponseType.DEFAULT_5XX, "internal-error"],
];

/** The value of Retry-After for problems that have it. */
export const retryAfterSeconds = {
  "too-many-attempts": 60,
  "temporarily-unavailable": 30,
} as const satisfies Partial<Record<ProblemSlug, number>>;

const waitAfter = (slug: ProblemSlug): number | undefined =>
  slug in retryAfterSeconds ? retryAfterSeconds[slug as keyof typeof retryAfterSeconds] : undefined;

/**
 * API Gateway's own answers in the form of problems (DESIGN §4), by response type. They are in both languages, because
 * the gateway cannot choose one.
 */
export function gatewayProblems(version: string, contacts: Contacts): Record<string, GatewayProblem> {
  return Object.fromEntries(
    refusals.map(([{ responseType }, slug]) => [
      responseType,
      {
        statusCode: String(problemStatus[slug]),
        responseParameters: headers(slug, version),
        responseTemplates: {
          "application/json": problemTemplate(slug, contacts, "urn:uuid:$context.requestId"),
        },
      },
    ]),
  );
}

function headers(slug: ProblemSlug, version: string): Record<string, string> {
  const wait = waitAfter(slug);
  const plain: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Content-Language": languages.join(", "),
    "API-Version": version,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    ...(problemStatus[slug] === 401 && { "WWW-Authenticate": "Bearer" }),
    ...(wait !== undefined && { "Retry-After": String(wait) }),
  };
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
  );
}

/** A problem for answers of the gateway and the firewall, with the texts of functions in both languages. */
export function problemTemplate(slug: ProblemSlug, contacts: Contacts, instance?: string): string {
  const retryAfterSeconds = waitAfter(slug) ?? null;
  return JSON.stringify({
    type: problemType(slug),
    title: languages.map((language) => problemTitle(slug, language)).join(" / "),
    status: problemStatus[slug],
    detail: languages.map((one) => problemDetail(slug, one, { contacts, retryAfterSeconds })).join(" / "),
    instance,
  });
}

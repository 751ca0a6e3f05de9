import type { APIGatewayProxyResult } from "aws-lambda";
import { isDomainError, type FieldError, type ProblemSlug } from "../domain/errors.ts";
import { fieldErrorText } from "../texts/field-errors.ts";
import type { Language } from "../texts/language.ts";
import { problemTitle } from "../texts/problem-titles.ts";
import { problemDetail } from "../texts/problems.ts";
import { problemStatus, problemType } from "./problems.ts";

export interface Problem {
  readonly slug: ProblemSlug;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
  /** Members that only this problem has. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** The problem for an error: a domain error by its code, anything else a bare 500 that reveals nothing. */
export function problemOf(error: unknown): Problem {
  if (isDomainError(error)) {
    const { code: slug, errors, retryAfterSeconds, members } = error;
    return { slug, errors, retryAfterSeconds, members };
  }
  return problemOfMiddleware(error) ?? { slug: "internal-error", errors: [], retryAfterSeconds: null };
}

/** The problem for an error of the JSON body parser. */
function problemOfMiddleware(error: unknown): Problem | null {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (status === 415) {
    const errors = [{ pointer: "header:Content-Type", code: "content-type" }];
    return { slug: "unsupported-media-type", errors, retryAfterSeconds: null };
  }
  if (status === 400 || status === 422) {
    return { slug: "invalid-request", errors: [{ pointer: "", code: "json" }], retryAfterSeconds: null };
  }
  return null;
}

/** An answer in the form of RFC 9457, in the language of the request. */
export function problemResponse(
  { slug, errors, retryAfterSeconds, members = {} }: Problem,
  { language, requestId }: { language: Language; requestId: string },
): APIGatewayProxyResult {
  const status = problemStatus[slug];
  const body = {
    type: problemType(slug),
    title: problemTitle(slug, language),
    status,
    detail: problemDetail(slug, language, retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    instance: `urn:uuid:${requestId}`,
    ...(errors.length > 0 && {
      errors: errors.map((error) => ({
        pointer: error.pointer,
        code: error.code,
        detail: fieldErrorText(error, language),
      })),
    }),
    ...members,
  };
  return {
    statusCode: status,
    headers: {
      "Content-Type": "application/problem+json",
      "Content-Language": language,
      Vary: "Accept-Language",
      ...(retryAfterSeconds !== null && { "Retry-After": String(retryAfterSeconds) }),
      ...(status === 401 && { "WWW-Authenticate": "Bearer" }),
    },
    body: JSON.stringify(body),
  };
}

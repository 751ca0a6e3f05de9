import type { ProblemSlug } from "../domain/errors.ts";

/** The HTTP status of every problem of the API (RFC 9457; DESIGN §4). */
export const problemStatus = {
  "invalid-request": 400,
  "not-authenticated": 401,
  "invalid-credentials": 401,
  "current-password-wrong": 403,
  "not-allowed": 403,
  "password-expired": 403,
  "account-inactive": 403,
  "organisation-closed": 403,
  "not-found": 404,
  "email-in-use": 409,
  "agb-code-in-use": 409,
  "already-closed": 409,
  "not-closed": 409,
  "account-not-usable": 409,
  "mail-not-deliverable": 409,
  "no-new-users": 409,
  "already-deleted": 409,
  "own-account": 409,
  "last-administrator": 409,
  "still-usable": 409,
  "link-expired": 410,
  "precondition-failed": 412,
  "payload-too-large": 413,
  "unsupported-media-type": 415,
  "password-rejected": 422,
  "email-not-personal": 422,
  "email-outside-domain": 422,
  "public-domain": 422,
  "export-too-large": 422,
  "import-rejected": 422,
  "idempotency-key-reused": 422,
  "role-not-here": 422,
  "closure-not-grounded": 422,
  "precondition-required": 428,
  "too-many-attempts": 429,
  "internal-error": 500,
  "import-unfinished": 503,
  "temporarily-unavailable": 503,
} as const satisfies Record<ProblemSlug, number>;

/** The same type as another problem, where only the status differs (DESIGN §4, `PUT /v1/me/password` and adding users). */
const sameTypeAs: Partial<Record<ProblemSlug, ProblemSlug>> = {
  "current-password-wrong": "invalid-credentials",
  "no-new-users": "organisation-closed",
};

export function problemType(slug: ProblemSlug): string {
  return `urn:portero:problem:${sameTypeAs[slug] ?? slug}`;
}

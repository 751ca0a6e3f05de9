import { refusalReasons, type RefusalReason } from "./admission.ts";
import type { PasswordFault } from "./password-policy.ts";
import type { Settings } from "./settings.ts";

/** Where in a request something is wrong (a JSON Pointer, or `header:`/`query:` and a name), and what. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  /** What the rule allows, for texts such as "at most 80 characters". */
  readonly limit?: number;
}

/** Every refusal that the domain foresees, as a fact. Stable: API clients tell problems apart by them. */
export type ErrorCode =
  | RefusalReason
  | "account-not-usable"
  | "agb-code-in-use"
  | "already-closed"
  | "already-deleted"
  | "closure-not-grounded"
  | "current-password-wrong"
  | "email-in-use"
  | "email-outside-domain"
  | "export-too-large"
  | "idempotency-key-reused"
  | "import-rejected"
  /** An import was accepted and its users are not all there yet: a job adds them within minutes (ADR 7). */
  | "import-unfinished"
  | "invalid-request"
  /** Nobody would be left who can look after an organisation's users. */
  | "last-administrator"
  /** Unknown, used, expired and revoked links are answered alike. */
  | "link-expired"
  | "not-allowed"
  /** No valid identity token, or one whose session, account or organisation has ended. */
  | "not-authenticated"
  | "not-closed"
  /** Not there, or not this caller's to know of. */
  | "not-found"
  | "own-account"
  | "password-rejected"
  | "payload-too-large"
  /** The resource is not, or no longer, of the version that a change is meant for. */
  | "precondition-failed"
  /** A change does not say which version of the resource it is meant for. */
  | "precondition-required"
  | "role-not-here"
  | "still-usable"
  /** A service that we depend on does not answer now. The request may have been carried out all the same. */
  | "temporarily-unavailable"
  | "too-many-attempts"
  | "unsupported-media-type";

/** A problem that the API can answer with: a domain error's code, or the one for every error not foreseen. */
export type ProblemSlug = ErrorCode | "internal-error";

interface Details {
  readonly errors?: readonly FieldError[];
  /** After how many seconds trying again can help; null where it cannot. */
  readonly retryAfterSeconds?: number | null;
  /** Members of the problem beside those that all problems have (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Details that go without saying for a code. */
const defaults: Partial<Record<ErrorCode, Details>> = {
  "agb-code-in-use": { errors: [{ pointer: "/agbCode", code: "in-use" }] },
  "current-password-wrong": { errors: [{ pointer: "/currentPassword", code: "invalid" }] },
  "email-in-use": { errors: [{ pointer: "/email", code: "in-use" }] },
  "email-outside-domain": { errors: [{ pointer: "/email", code: "outside-domain" }] },
  "import-unfinished": { retryAfterSeconds: 300 },
  "precondition-required": { errors: [{ pointer: "header:If-Match", code: "required" }] },
  "still-usable": { errors: [{ pointer: "/recreateFrom", code: "still-usable" }] },
  "temporarily-unavailable": { retryAfterSeconds: 5 },
};

/** A refusal that the domain foresees; `shared/http/problems.ts` gives each code its status. */
export class DomainError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "DomainError";
  readonly code: C;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: C, details: Details = {}) {
    super(code);
    this.code = code;
    const { errors = [], retryAfterSeconds = null, members = {} } = { ...defaults[code], ...details };
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
    this.members = members;
  }
}

/** @returns whether it is a domain error, and where codes are given, one with any of these codes */
export function isDomainError<C extends ErrorCode = ErrorCode>(
  error: unknown,
  ...codes: readonly C[]
): error is DomainError<C> {
  if (!(error instanceof DomainError)) return false;
  const code: unknown = error.code;
  return codes.length === 0 || codes.some((one) => one === code);
}

/** Whether the admission check, or the password check before it, refused a sign-in. */
export function isSignInRefusal(error: unknown): error is DomainError<RefusalReason> {
  return isDomainError(error, ...refusalReasons);
}

/** @param secondsToWait rounded up, at least 1 */
export function tooManyAttempts(secondsToWait: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(secondsToWait));
  return new DomainError("too-many-attempts", { retryAfterSeconds });
}

/**
 * A password that breaks rules; `errors` has each fault as its code.
 * @param limits what the rules allow, for the texts of the faults that have a number
 */
export function passwordRejected(
  faults: readonly PasswordFault[],
  limits: Pick<Settings, "passwordMinimumLength" | "passwordMaximumLength">,
  pointer = "/password",
): DomainError<"password-rejected"> {
  const limitOf: Partial<Record<PasswordFault, number>> = {
    "too-short": limits.passwordMinimumLength,
    "too-long": limits.passwordMaximumLength,
  };
  const errors = faults.map((code) => {
    const limit = limitOf[code];
    return { pointer, code, ...(limit !== undefined && { limit }) };
  });
  return new DomainError("password-rejected", { errors });
}

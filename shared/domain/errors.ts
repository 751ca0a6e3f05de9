import { refusalReasons, type RefusalReason } from "./admission.ts";
import type { PasswordFault } from "./password-policy.ts";
import type { Settings } from "./settings.ts";

/** One wrong field of a request. `pointer` is a JSON Pointer, or `header:` or `query:` and a name. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  /** The number that the rule allows, for texts such as "at most 80 characters". */
  readonly limit?: number;
}

/** Codes of all refusals that the domain foresees. They are stable, because API clients match on them. */
export type ErrorCode =
  | RefusalReason
  | "account-not-usable"
  | "agb-code-in-use"
  | "already-closed"
  | "already-deleted"
  | "closure-not-grounded"
  | "current-password-wrong"
  | "email-in-use"
  | "email-not-personal"
  | "email-outside-domain"
  | "export-too-large"
  | "idempotency-key-reused"
  | "import-rejected"
  /** The import was accepted but its users are not all created yet; a job creates them within minutes (ADR 7). */
  | "import-unfinished"
  | "invalid-request"
  /** The change would leave an organisation without anyone who can manage its users. */
  | "last-administrator"
  /** One code for unknown, used, expired and revoked links, so that the answer tells nothing about the link. */
  | "link-expired"
  /** Mail to the user's address bounces, or its owner reported it as unwanted; it waits for another address. */
  | "mail-not-deliverable"
  /** The organisation is closed: its users cannot sign in, so nobody is added and no welcome mail goes out. */
  | "no-new-users"
  | "not-allowed"
  /** There is no valid identity token, or its session, account or organisation has ended. */
  | "not-authenticated"
  | "not-closed"
  /** One code for things that do not exist and things that this caller may not know of. */
  | "not-found"
  | "own-account"
  | "password-rejected"
  | "payload-too-large"
  /** The resource no longer has the version that the change was made for. */
  | "precondition-failed"
  /** The change does not name the version of the resource that it was made for. */
  | "precondition-required"
  | "public-domain"
  | "role-not-here"
  | "still-usable"
  /** A service that we depend on does not answer now. The request may have been carried out anyway. */
  | "temporarily-unavailable"
  | "too-many-attempts"
  | "unsupported-media-type";

/** The codes of problems that the API answers with: a domain error's code, or one for all unforeseen errors. */
export type ProblemSlug = ErrorCode | "internal-error";

interface Details {
  readonly errors?: readonly FieldError[];
  /** Seconds after which trying again can help; null where it cannot. */
  readonly retryAfterSeconds?: number | null;
  /** Extra members of the problem, beside those that every problem has (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
  /** True if an audit event of the refusal's own tells of the data that it shows. */
  readonly audited?: boolean;
  /** The error that it stands for: it goes to the log only. */
  readonly cause?: unknown;
}

/** Details that are the same at every throw of a code, unless the throw gives its own. */
const defaults: Partial<Record<ErrorCode, Details>> = {
  "agb-code-in-use": { errors: [{ pointer: "/agbCode", code: "in-use" }] },
  "current-password-wrong": { errors: [{ pointer: "/currentPassword", code: "invalid" }] },
  "email-in-use": { errors: [{ pointer: "/email", code: "in-use" }] },
  "email-not-personal": { errors: [{ pointer: "/email", code: "not-personal" }] },
  "email-outside-domain": { errors: [{ pointer: "/email", code: "outside-domain" }] },
  "import-unfinished": { retryAfterSeconds: 300 },
  "precondition-required": { errors: [{ pointer: "header:If-Match", code: "required" }] },
  "still-usable": { errors: [{ pointer: "/recreateFrom", code: "still-usable" }] },
  "temporarily-unavailable": { retryAfterSeconds: 5 },
};

/** More faults would not help the sender, and an answer is not to be larger than what it answers (SECURITY 27). */
export const mostErrors = 50;

/**
 * A refusal that the domain foresees, with at most `mostErrors` faults; `shared/http/problems.ts` maps each code to
 * its HTTP status.
 */
export class DomainError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "DomainError";
  readonly code: C;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
  readonly members: Readonly<Record<string, unknown>>;
  readonly audited: boolean;

  constructor(code: C, details: Details = {}) {
    super(code, { cause: details.cause });
    this.code = code;
    const all: Details = { ...defaults[code], ...details };
    const { errors = [], retryAfterSeconds = null, members = {}, audited = false } = all;
    this.errors = errors.slice(0, mostErrors);
    this.retryAfterSeconds = retryAfterSeconds;
    this.members = members;
    this.audited = audited;
  }
}

/** @returns true for a domain error and, where codes are given, only for one with any of these codes */
export function isDomainError<C extends ErrorCode = ErrorCode>(
  error: unknown,
  ...codes: readonly C[]
): error is DomainError<C> {
  if (!(error instanceof DomainError)) return false;
  const code: unknown = error.code;
  return codes.length === 0 || codes.some((one) => one === code);
}

/** @returns true if the password check or the admission check refused a sign-in */
export function isSignInRefusal(error: unknown): error is DomainError<RefusalReason> {
  return isDomainError(error, ...refusalReasons);
}

/** @param secondsToWait rounded up, at least 1 */
export function tooManyAttempts(secondsToWait: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(secondsToWait));
  return new DomainError("too-many-attempts", { retryAfterSeconds });
}

/**
 * A refusal of a password that breaks rules; `errors` has one entry per fault, with the fault as its code.
 * @param limits the numbers of the rules, for the texts of the faults that name one
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

import type { RefusalReason } from "./admission.ts";
import type { PasswordFault } from "./password-policy.ts";
import type { Settings } from "./settings.ts";

/** Where in a request something is wrong (a JSON Pointer, or `header:`/`query:` and a name), and what. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  /** What the rule allows, for texts such as "at most 80 characters". */
  readonly limit?: number;
}

/**
 * A refusal that the domain foresees, named as a fact. `code` is stable; shared/http/problems.ts gives each
 * its status and words.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  readonly errors: readonly FieldError[];
  /** After how many seconds trying again can help; null where it cannot. */
  readonly retryAfterSeconds: number | null = null;
  /** What the problem says beside what all of them say (RFC 9457 §3.2). */
  readonly members: Readonly<Record<string, unknown>> = {};

  constructor(errors: readonly FieldError[] = []) {
    super();
    this.errors = errors;
    this.name = new.target.name;
  }
}

export class EmailInUse extends DomainError {
  readonly code = "email-in-use";
  constructor(pointer = "/email") {
    super([{ pointer, code: "in-use" }]);
  }
}

export class EmailOutsideDomain extends DomainError {
  readonly code = "email-outside-domain";
  constructor(pointer = "/email") {
    super([{ pointer, code: "outside-domain" }]);
  }
}

export class AgbCodeInUse extends DomainError {
  readonly code = "agb-code-in-use";
  constructor() {
    super([{ pointer: "/agbCode", code: "in-use" }]);
  }
}

/** Unknown, used, expired and revoked links are one and the same to whoever opens them. */
export class LinkExpired extends DomainError {
  readonly code = "link-expired";
}

export class PasswordRejected extends DomainError {
  readonly code = "password-rejected";
  readonly faults: readonly PasswordFault[];
  /** @param limits what the rules allow, for the texts of the faults that have a number */
  constructor(
    faults: readonly PasswordFault[],
    limits: Pick<Settings, "passwordMinimumLength" | "passwordMaximumLength">,
    pointer = "/password",
  ) {
    const limitOf: Partial<Record<PasswordFault, number>> = {
      "too-short": limits.passwordMinimumLength,
      "too-long": limits.passwordMaximumLength,
    };
    super(
      faults.map((code) => {
        const limit = limitOf[code];
        return { pointer, code, ...(limit !== undefined && { limit }) };
      }),
    );
    this.faults = faults;
  }
}

/** A sign-in that the doorkeeper, or the password check before it, refused. */
export class SignInRefused extends DomainError {
  readonly code: RefusalReason;
  constructor(reason: RefusalReason) {
    super();
    this.code = reason;
  }
}

/** Someone signed in who does not know the password they want to change. */
export class CurrentPasswordWrong extends DomainError {
  readonly code = "current-password-wrong";
  constructor() {
    super([{ pointer: "/currentPassword", code: "invalid" }]);
  }
}

export class TooManyAttempts extends DomainError {
  readonly code = "too-many-attempts";
  override readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super();
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
  }
}

/** No valid identity token, or one whose session, account or organisation has ended. */
export class NotAuthenticated extends DomainError {
  readonly code = "not-authenticated";
}

export class NotAllowed extends DomainError {
  readonly code = "not-allowed";
}

/** Not there, or not this caller's to know of. */
export class NotFound extends DomainError {
  readonly code = "not-found";
}

export class InvalidRequest extends DomainError {
  readonly code = "invalid-request";
}

/** A change that does not say which version of the resource it is meant for. */
export class PreconditionRequired extends DomainError {
  readonly code = "precondition-required";
  constructor() {
    super([{ pointer: "header:If-Match", code: "required" }]);
  }
}

/** The resource is not, or no longer, of the version that a change is meant for. */
export class PreconditionFailed extends DomainError {
  readonly code = "precondition-failed";
}

/** An account that has come to its end, or whose organisation is closed. */
export class AccountNotUsable extends DomainError {
  readonly code = "account-not-usable";
}

export class AlreadyDeleted extends DomainError {
  readonly code = "already-deleted";
}

export class OwnAccount extends DomainError {
  readonly code = "own-account";
}

/** Nobody would be left who can look after an organisation's users. */
export class LastAdministrator extends DomainError {
  readonly code = "last-administrator";
}

/** Someone whose account has not come to its end needs no other. */
export class StillUsable extends DomainError {
  readonly code = "still-usable";
  constructor() {
    super([{ pointer: "/recreateFrom", code: "still-usable" }]);
  }
}

/** More than an answer can hold. */
export class ExportTooLarge extends DomainError {
  readonly code = "export-too-large";
}

export class PayloadTooLarge extends DomainError {
  readonly code = "payload-too-large";
}

/** A body of another kind than the route takes. */
export class UnsupportedMediaType extends DomainError {
  readonly code = "unsupported-media-type";
  /** @param fault says what kind it takes */
  constructor(fault: "content-type" | "content-type-csv") {
    super([{ pointer: "header:Content-Type", code: fault }]);
  }
}

/** A file with users that has anything wrong in it, so that nobody was added. */
export class ImportRejected extends DomainError {
  readonly code = "import-rejected";
  override readonly members: Readonly<Record<string, unknown>>;
  /** @param report the row-by-row report, in the words of its reader */
  constructor(errors: readonly FieldError[], report: Readonly<Record<string, unknown>>) {
    super(errors);
    this.members = report;
  }
}

/** An Idempotency-Key that came with another request before. */
export class IdempotencyKeyReused extends DomainError {
  readonly code = "idempotency-key-reused";
}

/** A service that this one leans on does not answer now; what was asked of it may have been done all the same. */
export class TemporarilyUnavailable extends DomainError {
  readonly code = "temporarily-unavailable";
  override readonly retryAfterSeconds = 5;
}

/** An import was accepted and its users are not all there yet: a job adds them within minutes (docs/adr/0007). */
export class ImportUnfinished extends DomainError {
  readonly code = "import-unfinished";
  override readonly retryAfterSeconds = 300;
}

export class AlreadyClosed extends DomainError {
  readonly code = "already-closed";
}

export class NotClosed extends DomainError {
  readonly code = "not-closed";
}

/** A closure that lacks what its ground asks for; the errors say all of it. */
export class ClosureNotGrounded extends DomainError {
  readonly code = "closure-not-grounded";
}

/** A role that users of this organisation cannot have. */
export class RoleNotHere extends DomainError {
  readonly code = "role-not-here";
}

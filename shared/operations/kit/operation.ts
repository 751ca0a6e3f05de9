import type { TextEncoding } from "./decode-text.ts";
import type * as z from "zod/mini";
import type { AuditEvent, Origin } from "../../domain/audit.ts";
import type { KeptAnswer } from "../../domain/ports/consequences.ts";
import type { Member } from "../../domain/ports/users.ts";
import type { Language } from "../../texts/language.ts";
import type { IfMatch } from "./precondition.ts";
import type { Route } from "./route.ts";

type Parsed<S> = S extends z.ZodMiniType ? z.infer<S> : Record<string, never>;

/** The caller: account and organisation as they are now, and the session used. */
export interface Caller extends Member {
  readonly sessionId: string;
}

/** A request that its sender may repeat with the same key (docs/adr/0006). */
export interface Repeatable {
  /** SHA-256 of caller, route, parameters and key (request-id.ts). */
  readonly id: string;
  /** HMAC of the content (http/idempotency.ts). */
  readonly fingerprint: string;
  /** The part of a change's consequences that keeps its answer, to be spread into them. */
  keep(answer: {
    readonly body: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    /** A repeat shows the data again. */
    readonly dataAccess: DataAccess;
  }): { readonly kept: KeptAnswer };
}

/** A form that its user may send twice. That it was carried out is kept, and nothing of its answer (docs/adr/0006). */
export interface RepeatableForm {
  /** The part of the change's consequences that keeps this, to be spread into them. */
  keepDone(): { readonly kept: KeptAnswer };
  /**
   * Looks whether it was carried out before. `callOperation` does so after a refusal; only an operation that must not
   * be tried twice asks before. @throws idempotency-key-reused
   */
  wasDone(): Promise<boolean>;
}

/** A call that has passed authentication, authorisation and the route's schemas. */
export interface OperationRequest<R extends Route> {
  readonly params: Parsed<R["params"]>;
  readonly query: Parsed<R["query"]>;
  readonly body: R["text"] extends object ? string : Parsed<R["body"]>;
  /** How the text was encoded, in routes that take one. */
  readonly encoding: TextEncoding;
  /** Null without a key. */
  readonly repeatable: R["idempotent"] extends true
    ? Repeatable | null
    : R["repeatedByForms"] extends true
      ? RepeatableForm | null
      : null;
  readonly caller: R["who"] extends "anyone" ? null : Caller;
  readonly origin: Origin;
  /** The version of the resource that the change is meant for. */
  readonly ifMatch: R["precondition"] extends true ? IfMatch : null;
  /** True if the caller prefers CSV to JSON. */
  readonly wantsCsv: R["success"] extends { readonly alsoCsv: true } ? boolean : false;
  /** The caller's language, for texts in the answer. */
  readonly language: Language;
  /** The address that API Gateway saw the request come from. */
  readonly sourceAddress: string;
}

/** A file with a line of names and then a line for each item of a list. */
export interface CsvFile {
  readonly csv: string;
}

/** The data that an answer shows, for the audit event that is recorded when CIZ views it (SECURITY 22). */
export interface DataAccess {
  /** The organisation whose trail the event belongs to. */
  readonly organisationId: string;
  /** The organisation itself if left out. */
  readonly subject?: AuditEvent["subject"];
  /** A name for the data, and the ids of the items shown. */
  readonly detail: { readonly what: string; readonly [ids: string]: string | readonly string[] };
}

/** The answer to the caller. */
export interface OperationAnswer<R extends Route> {
  readonly body:
    | (R["success"] extends { readonly mediaType: string }
        ? Uint8Array
        : R["success"]["schema"] extends z.ZodMiniType
          ? z.infer<R["success"]["schema"]>
          : null)
    | (R["success"] extends { readonly alsoCsv: true } ? CsvFile : never);
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The data that an answer shows to CIZ. Routes that are open to anyone, or about the caller alone, show nobody else's data.
 */
type Shown<R extends Route> = R["who"] extends "anyone" | "signed-in"
  ? unknown
  : {
      readonly dataAccess: DataAccess;
      /** True if an event of this request, written with the change, tells of it: no second one is recorded. */
      readonly audited?: true;
    };

export type OperationResponse<R extends Route> = OperationAnswer<R> & Shown<R>;

/** The use case behind a route; its dependencies were given to the factory that made it. */
export type Operation<R extends Route> = (request: OperationRequest<R>) => Promise<OperationResponse<R>>;

/** One operation for each route of a topic. */
export type Operations<R extends Record<string, Route>> = { readonly [K in keyof R]: Operation<R[K]> };

import type * as z from "zod/mini";
import type { Origin } from "../../domain/audit.ts";
import type { Member } from "../../domain/ports.ts";
import type { Language } from "../../texts/language.ts";
import type { RepeatableRequest } from "../../http/idempotency.ts";
import type { IfMatch } from "./precondition.ts";
import type { ProblemSlug } from "../../domain/errors.ts";

/**
 * Who may call a route. `own-administrators`: of the organisation that the path names. The other two are
 * roles at the operator and reach every organisation.
 */
export type Access = "own-administrators" | "contract-managers" | "service-desk";

/** Both of CIZ's roles and the organisation's own administrators: what most reading routes are open to. */
export const administratorsAndOperator: readonly Access[] = [
  "own-administrators",
  "contract-managers",
  "service-desk",
];

type AnyObjectSchema = z.ZodMiniObject;

/**
 * One operation of the HTTP interface as data. The gateway (infra), the router and its validation
 * (shared/http/api.ts) and the OpenAPI document (infra/openapi.ts) all read it; nothing repeats it.
 */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As API Gateway writes it, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly who: "anyone" | "signed-in" | readonly Access[];
  readonly summary: string;
  readonly tag: string;
  readonly params?: AnyObjectSchema;
  readonly query?: AnyObjectSchema;
  /** The JSON body; routes without one refuse none, and ignore it. */
  readonly body?: AnyObjectSchema;
  /** A body that is text of a type and taken as it is, up to so many bytes in UTF-8; instead of `body`. */
  readonly text?: {
    readonly type: "text/csv";
    readonly mostBytes: number;
    readonly description: string;
  };
  /** Whether its sender may repeat it with an Idempotency-Key; the operation then keeps its answer. */
  readonly idempotent?: true;
  /** Whether it changes only the version of a resource that its sender has seen: `If-Match` must say which. */
  readonly precondition?: true;
  readonly success: {
    readonly status: 200 | 201 | 202 | 204;
    readonly schema: z.ZodMiniType | null;
    readonly description: string;
    /** Headers beside API-Version. */
    readonly headers?: readonly ("ETag" | "Location")[];
    /** Of an answer that is bytes and no JSON; the schema is null then. */
    readonly mediaType?: "application/pdf";
    /** Whether the whole result can also be had as a file: with `Accept: text/csv`. */
    readonly alsoCsv?: true;
  };
  /** What it refuses with, beside what every route can answer (invalid-request, not-authenticated, …). */
  readonly problems: readonly ProblemSlug[];
  /** Problems that say more than others do. */
  readonly problemSchemas?: Readonly<Partial<Record<ProblemSlug, AnyObjectSchema>>>;
}

/** Keeps each route's own types while checking its form; the keys are the operation ids. */
export function defineRoutes<const R extends Record<string, Route>>(routes: R): R {
  return routes;
}

type Parsed<S> = S extends z.ZodMiniType ? z.infer<S> : Record<string, never>;

/** Whoever sent the request: account and organisation as they stand now, and the session used. */
export interface Caller extends Member {
  readonly sessionId: string;
}

export interface ApiRequest<R extends Route> {
  readonly params: Parsed<R["params"]>;
  readonly query: Parsed<R["query"]>;
  readonly body: R["text"] extends object ? string : Parsed<R["body"]>;
  /** Null where no key came with the request. */
  readonly repeatable: R["idempotent"] extends true ? RepeatableRequest | null : null;
  readonly caller: R["who"] extends "anyone" ? null : Caller;
  readonly origin: Origin;
  /** Which version of the resource to change. */
  readonly ifMatch: R["precondition"] extends true ? IfMatch : null;
  /** Whether the caller would rather have CSV than JSON. */
  readonly wantsCsv: R["success"] extends { readonly alsoCsv: true } ? boolean : false;
  /** The language that the caller prefers for texts in the answer. */
  readonly language: Language;
  /** The address that API Gateway saw the request come from. */
  readonly sourceAddress: string;
}

/** A file with one line for each of what a list would hold, beginning with a line of names. */
export interface CsvFile {
  readonly csv: string;
}

export interface ApiResponse<R extends Route> {
  readonly body:
    | (R["success"] extends { readonly mediaType: string }
        ? Uint8Array
        : R["success"]["schema"] extends z.ZodMiniType
          ? z.infer<R["success"]["schema"]>
          : null)
    | (R["success"] extends { readonly alsoCsv: true } ? CsvFile : never);
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route does: everything it needs was given to the factory that made it. */
export type Operation<R extends Route> = (request: ApiRequest<R>) => Promise<ApiResponse<R>>;

/** One operation for each route of a function. */
export type Operations<R extends Record<string, Route>> = { readonly [K in keyof R]: Operation<R[K]> };

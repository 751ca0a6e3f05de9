import type * as z from "zod/mini";
import type { ProblemSlug } from "../../domain/errors.ts";

/**
 * Who may call a route. `own-administrators`: of the organisation that the path names. The other two are
 * roles at the operator and reach every organisation.
 */
export type Access = "own-administrators" | "contract-managers" | "service-desk";

/** Both of CIZ's roles and the organisation's own administrators: the callers of most reading routes. */
export const administratorsAndOperator: readonly Access[] = [
  "own-administrators",
  "contract-managers",
  "service-desk",
];

type AnyObjectSchema = z.ZodMiniObject;

/**
 * One operation of the API as data. The gateway (infra), the router (shared/http/api.ts), `callOperation` and the
 * OpenAPI document (infra/openapi/) all read it, so that nothing repeats it.
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

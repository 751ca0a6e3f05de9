import type * as z from "zod/mini";
import type { ProblemSlug } from "../../domain/errors.ts";
import type { ManagementAct } from "../../domain/management.ts";

/**
 * A group of callers. `own-administrators` are those of the organisation that the path names; the other two are roles
 * at the operator, and reach every organisation.
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
 * OpenAPI document (infra/build/) all read it, so that nothing repeats it.
 */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** In API Gateway's syntax, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly who: "anyone" | "signed-in" | readonly Access[];
  /** The act on the account that the path names; whether this caller may is for `managedUser` to decide. */
  readonly manages?: ManagementAct;
  readonly summary: string;
  readonly tag: string;
  readonly params?: AnyObjectSchema;
  readonly query?: AnyObjectSchema;
  /** The JSON body; routes without a schema ignore any body. */
  readonly body?: AnyObjectSchema;
  /** A plain text body in the place of `body`, unparsed, of at most `mostBytes` in UTF-8. */
  readonly text?: {
    readonly type: "text/csv";
    readonly mostBytes: number;
    readonly description: string;
  };
  /** Set if a request may be repeated with an Idempotency-Key; the operation then keeps its answer. */
  readonly idempotent?: true;
  /** Set if only a page's form may be sent twice, with its key; the operation then keeps that it was carried out. */
  readonly repeatedByForms?: true;
  /** Set if `If-Match` must name the version that the caller has seen, so that no other version is changed. */
  readonly precondition?: true;
  readonly success: {
    readonly status: 200 | 201 | 202 | 204;
    readonly schema: z.ZodMiniType | null;
    readonly description: string;
    /** Headers beside API-Version. */
    readonly headers?: readonly ("ETag" | "Location")[];
    /** The media type of a binary answer; the schema is null then. */
    readonly mediaType?: "application/pdf";
    /** Set if `Accept: text/csv` gives the whole result as a file. */
    readonly alsoCsv?: true;
  };
  /** The problems of this route, beside those of every route (invalid-request, not-authenticated, …). */
  readonly problems: readonly ProblemSlug[];
  /** The schemas of problems with members of their own. */
  readonly problemSchemas?: Readonly<Partial<Record<ProblemSlug, AnyObjectSchema>>>;
}

/** Keeps each route's own types while checking its form; the keys are the operation ids. */
export function defineRoutes<const R extends Record<string, Route>>(routes: R): R {
  return routes;
}

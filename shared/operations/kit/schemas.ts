import * as z from "zod/mini";
import { line } from "./text-schemas.ts";

/** Gives a schema its name and description in the OpenAPI document. */
export function named<S extends z.ZodMiniType>(id: string, description: string, schema: S): S {
  z.globalRegistry.add(schema, { id, description });
  return schema;
}

/** Gives a parameter its description in the OpenAPI document. */
export function described<S extends z.ZodMiniType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

/** A text in an answer that may be absent. */
export const textOrNull = z.nullable(z.string());

export const problem = named(
  "Problem",
  "What is wrong, and what to do about it (RFC 9457).",
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.optional(z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))),
  }),
);

export const organisationId = line(20).check(z.regex(/^[0-9]{1,12}$/));

/** The version of a resource that a change is meant for (shared/operations/kit/precondition.ts). */
export const ifMatchHeader = z.object({ "If-Match": z.string() });

/** The key with which a request can be repeated without being done twice (shared/http/idempotency.ts). */
export const idempotencyKeyHeader = z.object({
  "Idempotency-Key": z.optional(
    described(
      z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[\x20-\x7e]*$/, "characters")),
      "Lets the request be repeated: for 24 hours the same caller, address, key and body get the answer that was given first, also when both arrive at once, and nothing is done twice. Another body is refused. What was refused can be tried again with the same key.",
    ),
  ),
});

/** `Number` would also take `0x10`, `1e1` and text with spaces around it. */
const decimalDigits = z.transform((value: unknown, { issues }) => {
  if (typeof value === "string" && !/^\d{1,9}$/.test(value))
    issues.push({ code: "custom", message: "number", input: value });
  return value;
});

/** A whole number in a query; `byDefault` without it. */
export const numberInQuery = (least: number, most: number, byDefault: number) =>
  z._default(
    z.pipe(decimalDigits, z.coerce.number().check(z.int(), z.minimum(least), z.maximum(most))),
    byDefault,
  );

/** Query parameters of every list. */
export const pageQuery = {
  limit: numberInQuery(1, 100, 25),
  // The firewall refuses query strings of more than 2,048 bytes.
  after: z.optional(z.string().check(z.maxLength(1000))),
};

export function pageOf<S extends z.ZodMiniType>(item: S) {
  return z.object({ items: z.array(item), next: textOrNull, total: z.int() });
}

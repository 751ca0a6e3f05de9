import * as z from "zod/mini";
import { mostErrors, type FieldError } from "../../domain/errors.ts";

/** The part of the request that held a value; pointers to body fields are plain JSON Pointers. */
export type Place = "body" | "query" | "header";

/** Each field can have several issues; more than this are not looked at. */
const mostIssues = 10 * mostErrors;

/** @returns the parsed value, or the first faults with the fields they concern; never the value itself */
export function parse<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  place: Place,
): { ok: true; data: z.infer<S> } | { ok: false; errors: FieldError[] } {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return { ok: true, data: result.data };
  const errors = result.error.issues.slice(0, mostIssues).flatMap((issue) => fieldErrors(issue, place));
  return { ok: false, errors: [...Map.groupBy(errors, (error) => error.pointer).values()].flatMap(first) };
}

/** One fault for each field is enough: the others follow from it, or are reported once it is corrected. */
const first = <T>(faults: readonly T[]): readonly T[] => faults.slice(0, 1);

/** Codes that schemas give as the message of a pattern or a check (text-schemas.ts). */
const ownCodes = new Set(["characters", "letters", "instant", "number", "script"]);
const ownCode = (message: string | undefined) =>
  message !== undefined && ownCodes.has(message) ? message : null;
const formatCodes: Readonly<Record<string, string>> = { email: "email", date: "date", datetime: "date" };

function fieldErrors(issue: z.core.$ZodIssue, place: Place): FieldError[] {
  const at = (path: readonly PropertyKey[]) => pointer(path, place);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys
        .slice(0, mostErrors)
        .map((key) => ({ pointer: at([...issue.path, key]), code: "unknown-field" }));
    case "too_small":
      return [tooSmall(at(issue.path), issue)];
    case "too_big":
      return [
        {
          pointer: at(issue.path),
          code: issue.origin === "string" || issue.origin === "array" ? "too-long" : "too-large",
          limit: Number(issue.maximum),
        },
      ];
    case "invalid_type":
      return [{ pointer: at(issue.path), code: issue.input === undefined ? "required" : "wrong-type" }];
    case "invalid_value":
      return [{ pointer: at(issue.path), code: issue.input === undefined ? "required" : "choice" }];
    case "invalid_format":
      return [{ pointer: at(issue.path), code: formatCode(issue) }];
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return [{ pointer: at(issue.path), code: ownCode(issue.message) ?? "invalid" }];
  }
}

function tooSmall(pointer: string, issue: z.core.$ZodIssueTooSmall): FieldError {
  if (issue.origin === "string") {
    return issue.minimum === 1
      ? { pointer, code: "required" }
      : { pointer, code: "too-short", limit: Number(issue.minimum) };
  }
  return { pointer, code: "too-small", limit: Number(issue.minimum) };
}

function formatCode(issue: { format: string; message: string }): string {
  return ownCode(issue.message) ?? formatCodes[issue.format] ?? "invalid";
}

/** The place of a value in the request, as `errors` in a problem names it. */
export function pointer(path: readonly PropertyKey[], place: Place): string {
  const escaped = path.map((part) => String(part).slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1"));
  return place === "body" ? escaped.map((part) => `/${part}`).join("") : `${place}:${escaped.join(".")}`;
}

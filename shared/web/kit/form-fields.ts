import * as z from "zod/mini";
import { fieldErrorText } from "../../texts/field-errors.ts";
import type { Language } from "../../texts/language.ts";
import type { FormError } from "./form.tsx";

type TextSchema = z.ZodMiniType<string, string>;

/** Not trimmed: spaces at the ends of a password count. */
export const nonEmpty = z.string().check(z.minLength(1));

export interface Fields<N extends string> {
  /** Parsed by their schemas; a value that a schema refuses stays as it was sent. */
  readonly values: Readonly<Record<N, string>>;
  readonly errors: readonly FormError[];
}

export interface FieldRule {
  readonly schema: TextSchema;
  readonly label: string;
}

/** Reads and checks all fields at once, so that every error is shown together. */
export function readFields<N extends string>(
  form: URLSearchParams,
  rules: Readonly<Record<N, FieldRule>>,
  language: Language,
): Fields<N> {
  const names = Object.keys(rules) as N[];
  const read = names.map((name) => readField(name, form.get(name) ?? "", rules[name], language));
  return {
    values: Object.fromEntries(read.map(({ name, value }) => [name, value])) as Record<N, string>,
    errors: read.flatMap(({ errors }) => errors),
  };
}

function readField<N extends string>(
  field: N,
  text: string,
  { schema, label }: FieldRule,
  language: Language,
) {
  const result = z.safeParse(schema, text);
  if (result.success) return { name: field, value: result.data, errors: [] };
  return {
    name: field,
    value: text,
    errors: [{ field, label, text: faultText(result.error.issues, language) }],
  };
}

function faultText([issue]: readonly z.core.$ZodIssue[], language: Language): string {
  if (issue?.code === "too_small") return fieldErrorText({ code: "required" }, language);
  if (issue?.code !== "too_big") return fieldErrorText({ code: "invalid" }, language);
  return fieldErrorText({ code: "too-long", limit: Number(issue.maximum) }, language);
}

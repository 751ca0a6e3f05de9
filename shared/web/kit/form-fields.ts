import * as z from "zod/mini";
import { fieldErrorText } from "../../texts/field-errors.ts";
import type { Language } from "../../texts/language.ts";
import type { FormError } from "./form.tsx";

type TextSchema = z.ZodMiniType<string, string>;

/** Text of which nothing is taken away. */
export const nonEmpty = z.string().check(z.minLength(1));

export interface Fields<N extends string> {
  /** As the schemas make them; as typed where they refuse. */
  readonly values: Readonly<Record<N, string>>;
  readonly errors: readonly FormError[];
}

/** What a field of a form may hold, and what the page calls it. */
export interface FieldRule {
  readonly schema: TextSchema;
  readonly label: string;
}

/** What stands in the fields of a form, and which of them are empty or too long. */
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
  typed: string,
  { schema, label }: FieldRule,
  language: Language,
) {
  const result = z.safeParse(schema, typed);
  if (result.success) return { name: field, value: result.data, errors: [] };
  return {
    name: field,
    value: typed,
    errors: [{ field, label, text: faultText(result.error.issues, language) }],
  };
}

function faultText([issue]: readonly z.core.$ZodIssue[], language: Language): string {
  if (issue?.code === "too_small") return fieldErrorText({ code: "required" }, language);
  if (issue?.code !== "too_big") return fieldErrorText({ code: "invalid" }, language);
  return fieldErrorText({ code: "too-long", limit: Number(issue.maximum) }, language);
}

import { randomUUID } from "node:crypto";
import { isDomainError } from "../../domain/errors.ts";
import { formTexts } from "../../texts/pages/forms.ts";
import { formFailure, type FormFailure } from "./form-failure.ts";
import type { Site } from "./site.ts";
import { formKeyField } from "./form-key-field.tsx";

/** Each shown form gets a new key; sending it twice with one key is carried out once. */
export const newFormKey = (): string => randomUUID();

export function formKeyOf(form: URLSearchParams): string {
  return form.get(formKeyField) ?? "";
}

/** Adds the form's key to `formFailure`: a new one if the old one was used with other values. */
export function keyedFailure(
  error: unknown,
  form: URLSearchParams,
  site: Site,
  ...words: [labels: Readonly<Record<string, string>>, advice?: Readonly<Record<string, string>>]
): FormFailure & { readonly formKey: string } {
  const failure = formFailure(error, site, ...words);
  if (!isDomainError(error, "idempotency-key-reused"))
    return { ...failure, formKey: formKeyOf(form) || newFormKey() };
  const text = formTexts[site.language].sentBefore;
  return { ...failure, errors: [{ field: null, text }], formKey: newFormKey() };
}

import { randomUUID } from "node:crypto";
import { isDomainError } from "../../domain/errors.ts";
import { formTexts } from "../../texts/pages/forms.ts";
import { formFailure, type FormFailure } from "./form-failure.ts";
import type { Site } from "./site.ts";
import { formKeyField } from "./form-key-field.tsx";

/** For a form that nobody has sent yet. */
export const newFormKey = (): string => randomUUID();

export function formKeyOf(form: URLSearchParams): string {
  return form.get(formKeyField) ?? "";
}

/** Why a form that goes with a key comes back, and with which key. @throws what is no fault of the form */
export function keyedFailure(
  error: unknown,
  form: URLSearchParams,
  site: Site,
  ...words: [labels: Readonly<Record<string, string>>, advice?: Readonly<Record<string, string>>]
): FormFailure & { readonly formKey: string } {
  const failure = formFailure(error, site, ...words);
  if (!isDomainError(error, "idempotency-key-reused")) return { ...failure, formKey: formKeyOf(form) };
  const text = formTexts[site.language].sentBefore;
  return { ...failure, errors: [{ field: null, text }], formKey: newFormKey() };
}

import { optionalUserFields, userFields, type UserValues } from "./user-form.tsx";

/** What was typed into the form for a user. */
export function readUser(form: URLSearchParams): UserValues {
  return Object.fromEntries(userFields.map((field) => [field, form.get(field) ?? ""])) as UserValues;
}

/** The same as the interface takes it: what is optional and empty is absent. */
export function bodyOf(values: UserValues): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      optionalUserFields.some((one) => one === field) && value.trim() === "" ? null : value,
    ]),
  );
}

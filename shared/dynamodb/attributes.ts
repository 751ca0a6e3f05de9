import * as z from "zod/mini";

/* Schemas of attributes that several kinds of stored items have. */

export const text = z.string();
export const textOrNull = z.nullable(text);
/** Instants are compared as text, so all need milliseconds. */
export const instant = text.check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
export const instantOrNull = z.nullable(instant);
/** Absent while null, so that an update can set it once (`if_not_exists`). */
export const instantOrAbsent = z._default(instantOrNull, null);
export const count = z.int().check(z.minimum(0));

/** The fields of a person. */
export const person = {
  initials: text,
  firstName: text,
  infix: textOrNull,
  lastName: text,
  email: text,
  phone: textOrNull,
  fax: textOrNull,
  memo: textOrNull,
};

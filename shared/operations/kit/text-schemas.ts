import * as z from "zod/mini";

/**
 * Excludes control characters, halves of surrogate pairs, line separators, and controls that change the direction of
 * text, because they can disguise a text (SECURITY 19, 20).
 */
const printable = z.regex(
  /^[^\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]*$/u,
  "characters",
);
const printableLines = z.regex(
  /^(?:[\t\n]|[^\p{Cc}\p{Cs}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF])*$/u,
  "characters",
);

/** No scripts from right to left and no emoji in names, because lists, mails and letters mix names with Dutch. */
const nameCharacters = z.regex(
  /^(?:(?!\u200D|\uFE0F|\p{Emoji_Presentation}|[\u{1F000}-\u{1FAFF}]|\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko})[^])*$/u,
  "characters",
);
const someLetter = z.regex(/\p{L}/u, "letters");

const trimmed = [z.trim(), z.normalize("NFC")] as const;

/** One line of text, trimmed, NFC, of 1 to `most` characters (code points, as JSON Schema counts them). */
export const line = (most: number) =>
  z.string().check(...trimmed, z.minLength(1), z.maxLength(most), printable);

/** A person's or organisation's name: a line with at least one letter. */
export const nameLine = (most: number) => line(most).check(nameCharacters, someLetter);

const emptyAsNull = z.transform((value: string | null | undefined) => value || null);

/** A field that may be left out, null or empty, all of which mean null. */
const optional = (schema: z.ZodMiniString) => z.pipe(z.optional(z.nullable(schema)), emptyAsNull);
/** A field of a change: null and empty clear it, and left out it stays as it is. */
const changed = (schema: z.ZodMiniString) =>
  z.optional(
    z.pipe(
      z.nullable(schema),
      z.transform((value: string | null) => value || null),
    ),
  );

const anyLine = (most: number) => z.string().check(...trimmed, z.maxLength(most), printable);
const anyName = (most: number) => anyLine(most).check(nameCharacters);
/** Several lines of text; line ends become `\n`. */
const anyText = (most: number) =>
  z.string().check(
    z.overwrite((text) => text.replaceAll(/\r\n?/g, "\n")),
    ...trimmed,
    z.maxLength(most),
    printableLines,
  );

export const optionalLine = (most: number) => optional(anyLine(most));
export const optionalName = (most: number) => optional(anyName(most));
export const optionalText = (most: number) => optional(anyText(most));
export const changedLine = (most: number) => changed(anyLine(most));
export const changedName = (most: number) => changed(anyName(most));
export const changedText = (most: number) => changed(anyText(most));

/** Several lines of text with something in them; line ends become `\n`. */
export const requiredText = (most: number) =>
  z.string().check(
    z.overwrite((text) => text.replaceAll(/\r\n?/g, "\n")),
    ...trimmed,
    z.minLength(1),
    z.maxLength(most),
    printableLines,
  );

/** An e-mail address of at most 254 characters (RFC 5321), its capitals kept. */
export const emailAddress = z.string().check(z.trim(), z.minLength(1), z.maxLength(254), z.email());

/** A domain name in lower case, without `@`. */
export const domainName = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(253),
    z.regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/),
  );

/** Passwords are not trimmed or checked here; the password policy judges them. */
export const passwordText = z.string().check(z.maxLength(4096));

/** A login name as typed; a malformed one is answered like an unknown one, so its form is not checked here. */
export const loginNameText = z.string().check(z.trim(), z.minLength(1), z.maxLength(254));

export const calendarDay = z.iso.date();
export const instant = z.iso.datetime();

/** A calendar day, or a moment with its offset from UTC, of this millennium or the one before. */
export const dayOrMoment = () => z.string().check(z.maxLength(40), z.refine(isDayOrMoment, "instant"));

const dayOrMomentForms = [z.iso.date(), z.iso.datetime({ offset: true })];

function isDayOrMoment(text: string): boolean {
  return /^[12]/.test(text) && dayOrMomentForms.some((form) => z.safeParse(form, text).success);
}

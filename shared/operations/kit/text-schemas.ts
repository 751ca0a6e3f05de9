import * as z from "zod/mini";
import { withoutInvisible } from "../../domain/fold.ts";

/**
 * Excludes control characters, halves of surrogate pairs, line separators, and controls that change the direction of
 * text, because they can disguise a text (SECURITY 19, 20). U+FFFD stands where bytes were lost (SECURITY 28).
 */
const printable = z.regex(
  /^[^\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD]*$/u,
  "characters",
);
const printableLines = z.regex(
  /^(?:[\t\n]|[^\p{Cc}\p{Cs}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD])*$/u,
  "characters",
);

/**
 * Names are written in Latin letters, as in Dutch registers and in passports, or in other scripts that letters about
 * sanctions can print and that go with Dutch in lists and mails (docs/adr/0037). No emoji.
 */
const nameScripts = z.regex(
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]*$/u,
  "script",
);
const noEmoji = z.regex(
  /^(?:(?!\u200D|\uFE0F|\p{Emoji_Presentation}|[\u{1F000}-\u{1FAFF}])[^])*$/u,
  "characters",
);
const nameCharacters = [nameScripts, noEmoji] as const;
/** The filler of Hangul is a letter to Unicode, and nothing to the eye. */
const someLetter = z.check<string>(({ value, issues }) => {
  if (!/\p{L}/u.test(withoutInvisible(value)))
    issues.push({ code: "custom", message: "letters", input: value });
});

/** Characters without a shape: white space, invisible ones, and the blanks of Braille and Hangul. */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]*$/u;

/** Trims, and takes a text in which nothing is visible as empty. */
const visible = z.overwrite((text: string) => (blank.test(text) ? "" : text.trim()));

/** Unicode's format for streams allows 30 combining marks on a letter (UAX 15, 13); no script needs as many. */
const tooManyMarks = /\p{M}{31}/u;

/**
 * The limits before anything else is done with a text: bringing combining marks into order takes time that grows with
 * the square of their number (SECURITY 27). NFC makes at most a third of a text's length out of it.
 */
const notFarTooLong = (most: number) =>
  z.check<string>(({ value, issues }) => {
    if (value.length > 4 * most + 16)
      issues.push({ code: "too_big", origin: "string", maximum: most, inclusive: true, input: value });
    else if (tooManyMarks.test(value)) issues.push({ code: "custom", message: "characters", input: value });
  });

/** The first checks of every text, in this order. */
const cleaned = (most: number) => [notFarTooLong(most), visible, z.normalize("NFC")] as const;

/** One line of text, trimmed, NFC, of 1 to `most` characters (code points, as JSON Schema counts them). */
export const line = (most: number) =>
  z.string().check(...cleaned(most), z.minLength(1), z.maxLength(most), printable);

/** A person's or organisation's name: a line with at least one letter. */
export const nameLine = (most: number) => line(most).check(...nameCharacters, someLetter);

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

const anyLine = (most: number) => z.string().check(...cleaned(most), z.maxLength(most), printable);
const anyName = (most: number) => anyLine(most).check(...nameCharacters);
const unixLines = z.overwrite((text: string) => text.replaceAll(/\r\n?/g, "\n"));

/** Several lines of text; line ends become `\n`. */
const anyText = (most: number) =>
  z.string().check(...cleaned(most), unixLines, z.maxLength(most), printableLines);

export const optionalLine = (most: number) => optional(anyLine(most));
export const optionalName = (most: number) => optional(anyName(most));
export const optionalText = (most: number) => optional(anyText(most));
export const changedLine = (most: number) => changed(anyLine(most));
export const changedName = (most: number) => changed(anyName(most));
export const changedText = (most: number) => changed(anyText(most));

/** Several lines of text with something in them; line ends become `\n`. */
export const requiredText = (most: number) =>
  z.string().check(...cleaned(most), unixLines, z.minLength(1), z.maxLength(most), printableLines);

/**
 * The pattern of a domain: labels of at most 63 characters (RFC 1035), the last of letters or in punycode.
 * @param letters the range of letters that it may have
 */
function domainPattern(letters: "a-z" | "A-Za-z"): string {
  const label = `[${letters}0-9](?:[${letters}0-9-]{0,61}[${letters}0-9])?`;
  const punycode = `xn--[${letters}0-9-]{1,58}[${letters}0-9]`;
  return `(?:(?:${label}\\.)+[${letters}]{2,63}|(?:${label}\\.)*${punycode})`;
}

/** A dot-atom of at most 64 characters, and a domain (RFC 5321, 4.1.2 and 4.5.3.1). */
const atom = "[\\w!#$%&'*+/=?^`{|}~-]+";
const mailbox = new RegExp(`^(?=[^@]{1,64}@)${atom}(?:\\.${atom})*@${domainPattern("A-Za-z")}$`);

/** Copied addresses bring characters along that nobody sees and that cannot be part of one. */
const onlyVisible = z.overwrite((text: string) => withoutInvisible(text).trim());

/** An e-mail address of at most 254 characters (RFC 5321), its capitals kept. */
export const emailAddress = z
  .string()
  .check(notFarTooLong(254), onlyVisible, z.minLength(1), z.maxLength(254), z.email({ pattern: mailbox }));

/** A domain name in lower case, without `@`. */
export const domainName = z
  .string()
  .check(
    notFarTooLong(253),
    onlyVisible,
    z.toLowerCase(),
    z.maxLength(253),
    z.regex(new RegExp(`^${domainPattern("a-z")}$`)),
  );

/** Passwords are not trimmed or checked here; the password policy judges them. */
export const passwordText = z.string().check(z.maxLength(4096));

/** A login name as typed; a malformed one is answered like an unknown one, so its form is not checked here. */
export const loginNameText = z.string().check(notFarTooLong(254), z.trim(), z.minLength(1), z.maxLength(254));

export const calendarDay = z.iso.date();
export const instant = z.iso.datetime();

/** A calendar day, or a moment with its offset from UTC, of this millennium or the one before. */
export const dayOrMoment = () => z.string().check(z.maxLength(40), z.refine(isDayOrMoment, "instant"));

const dayOrMomentForms = [z.iso.date(), z.iso.datetime({ offset: true })];

function isDayOrMoment(text: string): boolean {
  return /^[12]/.test(text) && dayOrMomentForms.some((form) => z.safeParse(form, text).success);
}

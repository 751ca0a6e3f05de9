import { asciiLetters } from "./fold.ts";

/** A login name in its two parts: the letters of a person's name, and a number that makes it unique. */
export interface LoginName {
  /** Only letters a to z, so that no two stems can give the same login name. */
  readonly stem: string;
  /** 1 for the first person with this stem (`ftest`), 2 for the next (`ftest2`), and so on. */
  readonly number: number;
}

const stemWithoutLetters = "gebruiker";
const longestStem = 64;
const highestNumber = 999_999;

/**
 * The letters of initials and last name in lower case ASCII (`F` + `Test` gives `ftest`). A name without Latin
 * letters gives `gebruiker` (DESIGN §2, Login names).
 */
export function loginNameStem(person: { initials: string; lastName: string }): string {
  const letters = asciiLetters(person.initials) + asciiLetters(person.lastName);
  return letters.slice(0, longestStem) || stemWithoutLetters;
}

export function formatLoginName({ stem, number }: LoginName): string {
  return number === 1 ? stem : `${stem}${number}`;
}

/** Splits a login name as people type it, in any case; null for text that cannot be a login name. */
export function parseLoginName(text: string): LoginName | null {
  const match = /^([a-z]{1,64})([1-9][0-9]{0,5})?$/.exec(text.trim().toLowerCase());
  if (!match?.[1]) return null;
  const number = match[2] === undefined ? 1 : Number(match[2]);
  const written = match[2] !== undefined;
  return (written && number === 1) || number > highestNumber ? null : { stem: match[1], number };
}

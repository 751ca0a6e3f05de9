import { fold } from "./fold.ts";
import type { Person } from "./person.ts";
import type { Settings } from "./settings.ts";

/** Every reason to refuse a password, in the order in which they are reported. */
export const passwordFaults = [
  "too-short",
  "too-long",
  "too-few-classes",
  "contains-name",
  "recently-used",
  "too-common",
  "space-at-edge",
  "unprintable",
] as const;
export type PasswordFault = (typeof passwordFaults)[number];

/** Whose password it is to be, and what it is held against. */
export interface PasswordContext {
  readonly username: string;
  readonly person: Pick<Person, "firstName" | "infix" | "lastName">;
  /** Names that everyone around can guess: the organisation's, the portal's, the operator's. */
  readonly contextWords: readonly string[];
  /** Whether it is the current password or one of those remembered. */
  readonly recentlyUsed: boolean;
  /** Whether a password, folded (fold.ts), stands in the list of the commonest. */
  readonly isCommon: (folded: string) => boolean;
}

export type PasswordLimits = Pick<
  Settings,
  "passwordMinimumLength" | "passwordMaximumLength" | "refuseCommonPasswords"
>;

const classes = [/\p{Lu}|\p{Lt}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];
/** From how many of the four classes (upper case, lower case, digit, other) a password takes its characters. */
export const leastClasses = 3;
const shortestNamePart = 3;
const nameSeparators = /[ ,.\-_#\t]+/;

/** A password as it is judged, stored and compared: Unicode NFC, nothing trimmed, nothing cut off. */
export function normalisePassword(password: string): string {
  return password.normalize("NFC");
}

/**
 * All faults of a password at once; none: it is accepted. The only place that decides this (DESIGN §2,
 * Password policy; SECURITY 1–6; the name rule is Active Directory's). Length is counted in characters
 * (code points) from below, in UTF-16 units from above, as Cognito does.
 */
export function passwordFaultsOf(
  candidate: string,
  context: PasswordContext,
  limits: PasswordLimits,
): PasswordFault[] {
  const password = normalisePassword(candidate);
  const folded = fold(password);
  const found: Record<PasswordFault, boolean> = {
    "too-short": Array.from(password).length < limits.passwordMinimumLength,
    "too-long": password.length > limits.passwordMaximumLength,
    "too-few-classes": classes.filter((one) => one.test(password)).length < leastClasses,
    "contains-name": forbiddenNames(context).some((name) => folded.includes(name)),
    "recently-used": context.recentlyUsed,
    "too-common": limits.refuseCommonPasswords && isGuessable(folded, context),
    "space-at-edge": /^\s|\s$/u.test(password),
    unprintable: /\p{Cc}|\p{Cs}/u.test(password),
  };
  return passwordFaults.filter((fault) => found[fault]);
}

/** The login name and each part of the person's name, folded, that are long enough to count. */
function forbiddenNames({ username, person }: PasswordContext): string[] {
  const parts = [person.firstName, person.infix ?? "", person.lastName].flatMap((name) =>
    name.split(nameSeparators),
  );
  const long = [username, ...parts].filter((part) => Array.from(part).length >= shortestNamePart);
  return long.map(fold).filter((part) => part !== "");
}

/** Common as it stands, or nothing but a word of the context with digits and signs around it. */
function isGuessable(folded: string, { contextWords, isCommon }: PasswordContext): boolean {
  if (isCommon(folded)) return true;
  const bare = folded.replaceAll(/[^\p{L}]/gu, "");
  return contextWords
    .map((word) => fold(word).replaceAll(/[^\p{L}]/gu, ""))
    .some((word) => word !== "" && bare === word);
}

import { fold, withoutInvisible } from "./fold.ts";
import type { Person } from "./person.ts";
import type { Settings } from "./settings.ts";

/** All reasons to refuse a password, in the order in which they are reported. */
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

/** The facts that a password is judged by: its owner, words that are easy to guess, earlier passwords. */
export interface PasswordContext {
  readonly username: string;
  readonly person: Pick<Person, "firstName" | "infix" | "lastName">;
  /** Names that anyone nearby can guess: of the organisation, the portal and the operator. */
  readonly contextWords: readonly string[];
  /** True if the password equals the current one or one in the history. */
  readonly recentlyUsed: boolean;
  /** Looks a folded password (fold.ts) up in the list of common passwords. */
  readonly isCommon: (folded: string) => boolean;
}

export type PasswordLimits = Pick<
  Settings,
  "passwordMinimumLength" | "passwordMaximumLength" | "refuseCommonPasswords"
>;

const classes = [/\p{Lu}|\p{Lt}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];
/** A password needs characters of this many of the four classes: upper case, lower case, digit, other. */
export const leastClasses = 3;
const shortestNamePart = 3;
/** White space and dashes of any kind, as somebody types them whose keyboard or text program writes other ones. */
const nameSeparators = /[\s\p{Z}\p{Pd},._#]+/u;

/** The form in which a password is judged, stored and compared: Unicode NFC, not trimmed, not cut off. */
export function normalisePassword(password: string): string {
  return password.normalize("NFC");
}

/**
 * All faults of a password at once; an empty list accepts it. These are the rules, for every path that sets a password
 * (DESIGN §2, Password policy; SECURITY 1–6; the rule on names is Active Directory's). The minimum length counts
 * characters (code points), the maximum length counts UTF-16 units, as Cognito does.
 */
export function passwordFaultsOf(
  candidate: string,
  context: PasswordContext,
  limits: PasswordLimits,
): PasswordFault[] {
  const password = normalisePassword(candidate);
  const folded = fold(withoutInvisible(password));
  const found: Record<PasswordFault, boolean> = {
    "too-short": Array.from(password).length < limits.passwordMinimumLength,
    "too-long": password.length > limits.passwordMaximumLength,
    "too-few-classes": classes.filter((one) => one.test(password)).length < leastClasses,
    "contains-name": forbiddenNames(context).some((name) => folded.includes(name)),
    "recently-used": context.recentlyUsed,
    "too-common": limits.refuseCommonPasswords && isGuessable(folded, context),
    "space-at-edge": /^\s|\s$/u.test(password),
    // U+FFFD stands where bytes were lost, so that any lost bytes would give the same password.
    unprintable: /\p{Cc}|\p{Cs}|\uFFFD/u.test(password),
  };
  return passwordFaults.filter((fault) => found[fault]);
}

/** The login name and the parts of the person's name, folded, without parts that are too short to count. */
function forbiddenNames({ username, person }: PasswordContext): string[] {
  const parts = [person.firstName, person.infix ?? "", person.lastName].flatMap((name) =>
    withoutInvisible(name).split(nameSeparators),
  );
  const long = [username, ...parts].filter((part) => Array.from(part).length >= shortestNamePart);
  return long.map(fold).filter((part) => part !== "");
}

/** A common password or a context word, also with nothing but digits and signs before or after it. */
function isGuessable(folded: string, { contextWords, isCommon }: PasswordContext): boolean {
  const withoutSigns = folded.replaceAll(/^[^\p{L}\p{Nd}]+|[^\p{L}\p{Nd}]+$/gu, "");
  const core = folded.replaceAll(/^\P{L}+|\P{L}+$/gu, "");
  if ([folded, withoutSigns, core].some((text) => text !== "" && isCommon(text))) return true;
  const bare = folded.replaceAll(/[^\p{L}]/gu, "");
  return contextWords
    .map((word) => fold(word).replaceAll(/[^\p{L}]/gu, ""))
    .some((word) => word !== "" && bare === word);
}

import type { Organisation } from "../../domain/organisation.ts";
import { passwordFaultsOf, type PasswordFault } from "../../domain/password-policy.ts";
import type { PasswordHistory } from "../../domain/ports/passwords.ts";
import type { Settings } from "../../domain/settings.ts";
import type { User } from "../../domain/user.ts";
import { commonPasswords } from "./common-passwords.ts";
import { compareWithHistory } from "./password-history.ts";

let common: ReadonlySet<string> | undefined;

function isCommon(folded: string): boolean {
  common ??= new Set(commonPasswords.split(" "));
  return common.has(folded);
}

/** Only this much is hashed, since hashing megabytes would keep the service busy; longer ones are refused anyway. */
const longestHashed = 1024;

export interface Judgement {
  /** Empty for an acceptable password. */
  readonly faults: readonly PasswordFault[];
  /** The history to store once it is set. */
  readonly history: PasswordHistory;
}

/** Gathers what the rules need to know of a user (history, common passwords, words of the context) and applies them. */
export async function judgePassword(
  candidate: string,
  {
    user,
    organisation,
    history,
  }: { user: User; organisation: Organisation; history: PasswordHistory | null },
  settings: Settings,
  operatorName: string,
): Promise<Judgement> {
  const { recentlyUsed, next } = await compareWithHistory(
    candidate.slice(0, longestHashed),
    history,
    settings.passwordHistory,
  );
  const contextWords = ["portero", operatorName, organisation.name, organisation.displayName];
  const context = { username: user.username, person: user, contextWords, recentlyUsed, isCommon };
  return { faults: passwordFaultsOf(candidate, context, settings), history: next };
}

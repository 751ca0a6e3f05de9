import { tooManyAttempts } from "../domain/errors.ts";
import { parseLoginName } from "../domain/login-name.ts";
import type { CountedAttempt, SignInGuard } from "../domain/ports/sessions.ts";
import { typedNameHash } from "../domain/secret-hash.ts";
import type { Settings } from "../domain/settings.ts";
import type { Tables } from "./client.ts";
import { signInGuardItems } from "./items.ts";
import { expiryAttribute, otherNameSignInGuardKey, signInGuardKey, type Key } from "./keys.ts";
import { getItem } from "./read.ts";
import { commit, remove, updateIf } from "./write.ts";

export type SignInLimits = Pick<Settings, "failedSignInsBeforeLock" | "lockMinutes">;

const minute = 60_000;
/** The number of expired failures from which an item is cleaned up. */
const tidyFrom = 20;

/** Text that cannot be a login name counts by its hash, because it may be a password in the wrong field. */
export function signInGuardKeyOf(username: string): Key {
  const name = parseLoginName(username);
  if (name) return signInGuardKey(name);
  return otherNameSignInGuardKey(typedNameHash(username));
}

/**
 * Counts failures of the last minutes and locks a login name. Attempts are counted before the password is checked. A
 * lock lasts from the last failure on; attempts during the lock do not extend it.
 */
export class DynamoSignInGuard implements SignInGuard {
  readonly #tables: Tables;
  readonly #most: number;
  readonly #lock: number;

  constructor({ settings, ...tables }: Tables & { readonly settings: SignInLimits }) {
    this.#tables = tables;
    this.#most = settings.failedSignInsBeforeLock;
    this.#lock = settings.lockMinutes * minute;
  }

  async begin(username: string, now: Date): Promise<CountedAttempt> {
    const at = now.getTime();
    const stored = await updateIf(this.#tables, {
      Key: signInGuardKeyOf(username),
      UpdateExpression:
        "SET failures = list_append(:attempt, if_not_exists(failures, :none)), #expiry = :expiry",
      ConditionExpression: "attribute_not_exists(lockedUntil) OR lockedUntil <= :now",
      ExpressionAttributeNames: { "#expiry": expiryAttribute },
      ExpressionAttributeValues: {
        ":attempt": [at],
        ":none": [],
        ":now": at,
        ":expiry": this.#expiry(at),
      },
      ReturnValues: "ALL_NEW",
    });
    if (!stored) throw tooManyAttempts(await this.#secondsLeft(username, at));
    const failures = signInGuardItems.parse(stored).failures ?? [];
    const counting = failures.filter((failure) => failure > at - this.#lock).length;
    if (counting > this.#most) {
      await this.#lockUp(username, at);
      throw tooManyAttempts(this.#lock / 1000);
    }
    if (failures.length - counting >= tidyFrom) await this.#tidy(username, failures, counting);
    return { username, last: counting === this.#most };
  }

  async fail({ username, last }: CountedAttempt, now: Date): Promise<void> {
    if (last) await this.#lockUp(username, now.getTime());
  }

  async clear(username: string): Promise<void> {
    await commit(this.#tables, [remove(this.#tables.tableName, signInGuardKeyOf(username))]);
  }

  /**
   * The first request to lock sets the end of the lock, and counting restarts after it. If a right password cleared
   * the failures meanwhile, no lock is set.
   */
  async #lockUp(username: string, at: number): Promise<void> {
    await updateIf(this.#tables, {
      Key: signInGuardKeyOf(username),
      UpdateExpression: "SET lockedUntil = :until, #expiry = :expiry REMOVE failures",
      ConditionExpression: `attribute_exists(failures[${this.#most - 1}]) AND (attribute_not_exists(lockedUntil) OR lockedUntil <= :now)`,
      ExpressionAttributeNames: { "#expiry": expiryAttribute },
      ExpressionAttributeValues: { ":until": at + this.#lock, ":now": at, ":expiry": this.#expiry(at) },
    });
  }

  async #secondsLeft(username: string, at: number): Promise<number> {
    const item = signInGuardItems.parseIfAny(await getItem(this.#tables, signInGuardKeyOf(username)));
    return ((item?.lockedUntil ?? at) - at) / 1000;
  }

  async #tidy(username: string, failures: readonly number[], counting: number): Promise<void> {
    await updateIf(this.#tables, {
      Key: signInGuardKeyOf(username),
      UpdateExpression: "SET failures = :counting",
      ConditionExpression: "failures = :failures",
      ExpressionAttributeValues: { ":counting": failures.slice(0, counting), ":failures": failures },
    });
  }

  #expiry(at: number): number {
    return Math.ceil((at + 2 * this.#lock) / 1000);
  }
}

import { randomUUID } from "node:crypto";
import type { AuditEvent } from "../domain/audit.ts";
import { parseLoginName } from "../domain/login-name.ts";
import type { CountedAttempt, SignInGuard, SignInLock, SignInSubject } from "../domain/ports/sessions.ts";
import { typedNameHash } from "../domain/secret-hash.ts";
import type { Settings } from "../domain/settings.ts";
import type { Tables } from "./client.ts";
import { auditWrite } from "./consequences.ts";
import { signInGuardItems } from "./items.ts";
import {
  expiryAttribute,
  otherNameSignInGuardKey,
  signInDeviceGuardKey,
  signInGuardKey,
  type Key,
} from "./keys.ts";
import { commit, remove, unconditional, update, updateIf, updateOrFind, type Write } from "./write.ts";

export type SignInLimits = Pick<Settings, "failedSignInsBeforeLock" | "lockMinutes">;

const minute = 60_000;
/** The number of expired attempts from which an item is cleaned up. */
const tidyFrom = 20;

/** Text that cannot be a login name counts by its hash, because it may be a password in the wrong field. */
export function signInGuardKeyOf({ username, device }: SignInSubject): Key {
  const name = parseLoginName(username);
  if (!name) return otherNameSignInGuardKey(typedNameHash(username));
  return device === null ? signInGuardKey(name) : signInDeviceGuardKey(name, device);
}

/** An attempt's id begins with its time, in milliseconds since 1970. */
const timeOf = (attempt: string) => Number(attempt.split("-", 1)[0]);

class RecordedBefore extends Error {}

/** Days after a sign-in or a new password in which the user's organisation is remembered; passwords last three months. */
const rememberedDays = 100;

/**
 * Forgets the failures of a subject, and remembers the user's organisation: the next sign-in then reads the user beside
 * Cognito's answer, and not after it.
 */
export function failuresForgotten(
  tableName: string,
  subject: SignInSubject,
  organisationId: string,
  now: Date,
): Write {
  const rememberedUntil = Math.ceil(now.getTime() / 1000) + rememberedDays * 86_400;
  return unconditional({
    Update: {
      TableName: tableName,
      Key: signInGuardKeyOf(subject),
      UpdateExpression:
        "SET organisationId = :organisation, rememberedUntil = :until, #expiry = :until REMOVE attempts, lockedUntil, recordedLock",
      ExpressionAttributeNames: { "#expiry": expiryAttribute },
      ExpressionAttributeValues: { ":organisation": organisationId, ":until": rememberedUntil },
    },
  });
}

/**
 * Counts attempts of the last minutes and locks their subject. Attempts are counted before the password is checked, and
 * kept in a set, so that each is added and taken off by one write that needs no other to stand still. A lock lasts
 * from the last failure on; attempts during the lock do not extend it.
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

  async begin(subject: SignInSubject, now: Date): Promise<CountedAttempt | SignInLock> {
    const { username, device } = subject;
    const at = now.getTime();
    const id = `${at}-${randomUUID()}`;
    const { updated, item } = await updateOrFind(this.#tables, {
      Key: signInGuardKeyOf(subject),
      UpdateExpression: "ADD attempts :attempt SET #expiry = if_not_exists(rememberedUntil, :expiry)",
      ConditionExpression: "attribute_not_exists(lockedUntil) OR lockedUntil <= :now",
      ExpressionAttributeNames: { "#expiry": expiryAttribute },
      ExpressionAttributeValues: {
        ":attempt": new Set([id]),
        ":now": at,
        ":expiry": this.#expiry(at),
      },
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    const stored = signInGuardItems.parse(item ?? {});
    const { attempts, lockedUntil = at, recordedLock, organisationId } = stored;
    const located = { username, device, organisationId };
    if (!updated) return { ...located, lockedUntil, recorded: recordedLock === lockedUntil };
    const expired = attempts.filter((attempt) => timeOf(attempt) <= at - this.#lock);
    const counting = attempts.length - expired.length;
    const attempt = { ...located, id, last: counting === this.#most };
    if (counting > this.#most) {
      // If a right password meanwhile made room, this attempt may be made after all.
      if (!(await this.#lockUp(subject, at))) await this.takeBack(attempt);
      return this.begin(subject, now);
    }
    if (expired.length >= tidyFrom) await this.#remove(subject, expired);
    return attempt;
  }

  async fail(attempt: CountedAttempt, now: Date): Promise<void> {
    if (attempt.last) await this.#lockUp(attempt, now.getTime());
  }

  async takeBack(attempt: CountedAttempt): Promise<void> {
    await this.#remove(attempt, [attempt.id]);
  }

  async clear(subject: SignInSubject): Promise<void> {
    await commit(this.#tables, [remove(this.#tables.tableName, signInGuardKeyOf(subject))]);
  }

  async recordRefusal(lock: SignInLock, event: AuditEvent): Promise<void> {
    if (lock.recorded) return;
    const change = {
      Key: signInGuardKeyOf(lock),
      UpdateExpression: "SET recordedLock = :lock",
      ConditionExpression:
        "lockedUntil = :lock AND (attribute_not_exists(recordedLock) OR recordedLock <> :lock)",
      ExpressionAttributeValues: { ":lock": lock.lockedUntil },
    };
    const recorded = update(this.#tables, change, () => new RecordedBefore());
    try {
      await commit(this.#tables, [recorded, auditWrite(this.#tables, event)]);
    } catch (error) {
      if (!(error instanceof RecordedBefore)) throw error;
    }
  }

  /**
   * The first request to lock sets the end of the lock, and counting restarts after it. If a right password cleared
   * the failures meanwhile, no lock is set.
   */
  async #lockUp(subject: SignInSubject, at: number): Promise<boolean> {
    const locked = await updateIf(this.#tables, {
      Key: signInGuardKeyOf(subject),
      UpdateExpression:
        "SET lockedUntil = :until, #expiry = if_not_exists(rememberedUntil, :expiry) REMOVE attempts",
      ConditionExpression:
        "size(attempts) >= :most AND (attribute_not_exists(lockedUntil) OR lockedUntil <= :now)",
      ExpressionAttributeNames: { "#expiry": expiryAttribute },
      ExpressionAttributeValues: {
        ":most": this.#most,
        ":until": at + this.#lock,
        ":now": at,
        ":expiry": this.#expiry(at),
      },
    });
    return locked !== null;
  }

  /** The condition keeps an item that was cleared meanwhile from coming back. */
  async #remove(subject: SignInSubject, attempts: readonly string[]): Promise<void> {
    await updateIf(this.#tables, {
      Key: signInGuardKeyOf(subject),
      UpdateExpression: "DELETE attempts :attempts",
      ConditionExpression: "attribute_exists(attempts)",
      ExpressionAttributeValues: { ":attempts": new Set(attempts) },
    });
  }

  #expiry(at: number): number {
    return Math.ceil((at + 2 * this.#lock) / 1000);
  }
}

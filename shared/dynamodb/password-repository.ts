import { DomainError } from "../domain/errors.ts";
import type { PasswordClaim, PasswordHistory, PasswordRepository } from "../domain/ports/passwords.ts";
import type { Instant } from "../domain/time.ts";
import type { User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { entryChanged } from "./directory-entries.ts";
import { linkRevoked } from "./ending-writes.ts";
import { historyItems, userItems } from "./items.ts";
import { dueItem, passwordHistoryKey, userKey } from "./keys.ts";
import { claimGivenBack, claimTaken, hasClaim, isHeld, statusFor, stillHeld } from "./password-claims.ts";
import { getItem } from "./read.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";
import { failuresForgotten, signInGuardKeyOf } from "./sign-in-guard.ts";
import { commit, put, remove, update, type Write } from "./write.ts";

type Accepted = Parameters<PasswordRepository["recordAccepted"]>[0];

export class DynamoPasswordRepository implements PasswordRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async findHistory(organisationId: string, username: string): Promise<PasswordHistory | null> {
    const key = passwordHistoryKey({ organisationId, username });
    return historyItems.parseIfAny(await getItem(this.#tables, key));
  }

  /** A transaction of one write is idempotent, so a retry after a lost response does not fail as a second claim. */
  async claim(claim: PasswordClaim, staleBefore: Instant): Promise<void> {
    await commit(this.#tables, [claimTaken(this.#tables, claim, staleBefore)]);
  }

  async isClaimed(user: User, staleBefore: Instant): Promise<boolean> {
    return hasClaim(await getItem(this.#tables, userKey(user)), staleBefore);
  }

  async release(claim: PasswordClaim): Promise<void> {
    await claimGivenBack(this.#tables, claim);
  }

  /** Sessions and the newest link may change meanwhile; while the claim is held, they are read again. */
  async recordAccepted(accepted: Accepted): Promise<void> {
    let current = accepted.claim.user;
    await retrying(async () => {
      const update = this.#userUpdate(accepted, current, (stored) => {
        if (!isHeld(accepted.claim, stored)) return refusal(accepted.claim);
        current = userItems.parse(stored);
        return new TryAgain();
      });
      await commit(this.#tables, [update, ...this.#otherWrites(accepted)]);
    }, isTryAgain);
  }

  #otherWrites({ claim: { user, at }, history, expiresAt, device = null, consequences }: Accepted): Write[] {
    const { tableName } = this.#tables;
    const { username, organisationId } = user;
    const everywhere = { username, device: null };
    return [
      put(tableName, { ...passwordHistoryKey(user), salt: history.salt, hashes: history.hashes }),
      entryChanged(tableName, user, { status: "active", passwordExpiresAt: expiresAt }),
      put(tableName, dueItem("password-expiry", user, expiresAt)),
      failuresForgotten(tableName, everywhere, organisationId, new Date(at)),
      ...(device === null ? [] : [remove(tableName, signInGuardKeyOf({ username, device }))]),
      ...consequenceWrites(this.#tables, consequences),
    ];
  }

  /**
   * Replaces all sessions at once, so that a session which is opened in parallel ends too. The kept session must be
   * unchanged: otherwise a new token in it would be lost, or an ended session would come back.
   */
  #userUpdate(accepted: Accepted, user: User, changed: Write["refusal"]): Write {
    const { claim, expiresAt, keepSession, usedWith = null } = accepted;
    const status = statusFor(claim);
    const held = stillHeld(claim);
    const link = linkSettled(claim, usedWith, user);
    const session = keptSession(keepSession, user);
    const change = {
      Key: userKey(user),
      UpdateExpression: `SET #status = :active, passwordChangedAt = :at, passwordExpiresAt = :expiresAt,
        version = version + :one, sessions = :sessions${link.set} REMOVE ${held.remove}`,
      ConditionExpression: `${held.condition} AND ${status.expression} AND ${link.condition}${session.condition}`,
      ExpressionAttributeNames: { "#status": "status", ...link.names, ...session.names },
      ExpressionAttributeValues: {
        ":active": "active",
        ":at": claim.at,
        ":expiresAt": expiresAt,
        ":one": 1,
        ...held.values,
        ...status.values,
        ...link.values,
        ...session.values,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    };
    return update(this.#tables, change, changed);
  }
}

/** Every password that is set revokes the user's open link, also one that was requested meanwhile (DESIGN §2). */
function linkSettled({ linkId }: PasswordClaim, usedWith: string | null, user: User) {
  if (linkId === null || user.passwordLink?.id !== linkId) return linkRevoked(user);
  return {
    set: `, passwordLink.#state = :used${usedWith === null ? "" : ", passwordLink.usedWith = :usedWith"}`,
    condition: "passwordLink.id = :link",
    names: { "#state": "state" },
    values: { ":used": "used", ":link": linkId, ...(usedWith !== null && { ":usedWith": usedWith }) },
  };
}

function keptSession(id: string | null, { sessions }: User) {
  const kept = id === null ? undefined : sessions[id];
  if (id === null || kept === undefined) return { condition: "", names: {}, values: { ":sessions": {} } };
  return {
    condition: " AND sessions.#kept = :kept",
    names: { "#kept": id },
    values: { ":sessions": { [id]: kept }, ":kept": kept },
  };
}

function refusal({ linkId }: PasswordClaim): Error {
  return linkId === null ? new DomainError("not-authenticated") : new DomainError("link-expired");
}

import { isDeepStrictEqual } from "node:util";
import { LinkExpired, NotAuthenticated } from "../domain/errors.ts";
import type { PasswordHistory, PasswordRepository } from "../domain/ports.ts";
import type { Instant } from "../domain/time.ts";
import type { User } from "../domain/user.ts";
import { canBecome, statusIn } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { entryChanged } from "./directory-entries.ts";
import { historyItems, userItems } from "./items.ts";
import { dueItem, passwordHistoryKey, userKey } from "./keys.ts";
import { getItem } from "./read.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";
import { signInGuardKeyOf } from "./sign-in-guard.ts";
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

  /** @throws LinkExpired; NotAuthenticated when an account whose password was known has come to its end */
  async recordAccepted(accepted: Accepted): Promise<void> {
    let kept = keptSession(accepted, accepted.user.sessions);
    await retrying(async (attempt) => {
      if (attempt > 1) {
        const stored = await getItem(this.#tables, userKey(accepted.user));
        const now = keptSession(accepted, stored ? userItems.parse(stored).sessions : {});
        if (isDeepStrictEqual(now, kept)) throw refusal(accepted);
        kept = now;
      }
      await commit(this.#tables, this.#writes(accepted, kept));
    }, isTryAgain);
  }

  #writes(accepted: Accepted, kept: User["sessions"]): Write[] {
    const { user, history, expiresAt, consequences } = accepted;
    const { tableName } = this.#tables;
    return [
      this.#userUpdate(accepted, kept),
      put(tableName, { ...passwordHistoryKey(user), salt: history.salt, hashes: history.hashes }),
      entryChanged(tableName, user, { status: "active", passwordExpiresAt: expiresAt }),
      put(tableName, dueItem("password-expiry", user, expiresAt)),
      remove(tableName, signInGuardKeyOf(user.username)),
      ...consequenceWrites(this.#tables, consequences),
    ];
  }

  /**
   * Replaces all sessions at once, so that one opened at this moment ends too; the one that is kept must be
   * as it was read, or a token that it got meanwhile would be lost, or a session that ended would come back.
   */
  #userUpdate(accepted: Accepted, kept: User["sessions"]): Write {
    const { user, claimedAt, changedAt, expiresAt } = accepted;
    const status = claimedAt === null ? statusIn(["active"]) : canBecome("active");
    const claim = claimedAt === null ? nothing : claimUsedUp(user, claimedAt);
    const session = stillThere(kept);
    const values = { ":active": "active", ":changedAt": changedAt, ":expiresAt": expiresAt, ":one": 1 };
    const change = {
      Key: userKey(user),
      UpdateExpression: `SET #status = :active, passwordChangedAt = :changedAt, passwordExpiresAt = :expiresAt,
        version = version + :one, sessions = :sessions${claim.set}`,
      ConditionExpression: status.expression + claim.condition + session.condition,
      ExpressionAttributeNames: { "#status": "status", ...claim.names, ...session.names },
      ExpressionAttributeValues: {
        ...{ ...values, ":sessions": kept },
        ...{ ...status.values, ...claim.values, ...session.values },
      },
    };
    const keptOne = session !== nothing;
    return update(this.#tables, change, () => (keptOne ? new TryAgain() : refusal(accepted)));
  }
}

const nothing = { set: "", condition: "", names: {}, values: {} };

function claimUsedUp({ passwordLink }: User, claimedAt: Instant) {
  return {
    set: ", passwordLink.#state = :used",
    condition:
      " AND passwordLink.id = :link AND passwordLink.#state = :claimed AND passwordLink.claimedAt = :claimedAt",
    names: { "#state": "state" },
    values: {
      ":used": "used",
      ":link": passwordLink?.id ?? "",
      ":claimed": "claimed",
      ":claimedAt": claimedAt,
    },
  };
}

function stillThere(kept: User["sessions"]) {
  const [one] = Object.entries(kept);
  if (!one) return nothing;
  const [id, session] = one;
  return { condition: " AND sessions.#kept = :kept", names: { "#kept": id }, values: { ":kept": session } };
}

function keptSession({ keepSession }: Accepted, sessions: User["sessions"]): User["sessions"] {
  const session = keepSession === null ? undefined : sessions[keepSession];
  return keepSession !== null && session ? { [keepSession]: session } : {};
}

function refusal({ claimedAt }: Accepted): Error {
  return claimedAt === null ? new NotAuthenticated() : new LinkExpired();
}

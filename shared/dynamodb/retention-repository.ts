import type { AuditEvent } from "../domain/audit.ts";
import type { UserEntry } from "../domain/jobs/due.ts";
import type { RetentionRepository } from "../domain/jobs/ports.ts";
import { erasedPerson } from "../domain/person.ts";
import { accountStatuses, isUsable, type User } from "../domain/user.ts";
import { statusIn } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { auditWrite } from "./consequences.ts";
import { entryChanged } from "./directory-entries.ts";
import { replaceEntry } from "./due-list.ts";
import { userItems } from "./items.ts";
import { passwordHistoryKey, userKey } from "./keys.ts";
import { commit, remove, type Write } from "./write.ts";

class EntryChanged extends Error {}

/** The account has not ended; `user` is the account as stored now. */
class AccountNotEnded extends Error {
  readonly user: User | null;

  constructor(user: User | null) {
    super();
    this.user = user;
  }
}

const ended = statusIn(accountStatuses.filter((status) => !isUsable(status)));

export class DynamoRetentionRepository implements RetentionRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async erase(
    entry: UserEntry,
    remark: string,
    event: AuditEvent,
  ): Promise<"done" | "no-longer-due" | { user: User | null }> {
    try {
      await commit(this.#tables, [
        replaceEntry(this.#tables, entry, null, () => new EntryChanged()),
        this.#personErased(entry, remark),
        entryChanged(this.#tables.tableName, entry, { person: erasedPerson, remark }),
        remove(this.#tables.tableName, passwordHistoryKey(entry)),
        auditWrite(this.#tables, event),
      ]);
      return "done";
    } catch (error) {
      if (error instanceof EntryChanged) return "no-longer-due";
      if (error instanceof AccountNotEnded) return { user: error.user };
      throw error;
    }
  }

  /** The remark is erased too, because administrators write it and it may hold personal data. */
  #personErased(entry: UserEntry, remark: string): Write {
    const parts = Object.entries({
      ...erasedPerson,
      remark,
      undeliverable: [],
      passwordLink: null,
      sessions: {},
    });
    const change = {
      TableName: this.#tables.tableName,
      Key: userKey(entry),
      UpdateExpression: `SET version = version + :one, ${parts.map((_, index) => `#part${index} = :part${index}`).join(", ")}`,
      ConditionExpression: ended.expression,
      ExpressionAttributeNames: {
        "#status": "status",
        ...Object.fromEntries(parts.map(([name], index) => [`#part${index}`, name])),
      },
      ExpressionAttributeValues: {
        ":one": 1,
        ...ended.values,
        ...Object.fromEntries(parts.map(([, value], index) => [`:part${index}`, value])),
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    };
    return {
      item: { Update: change },
      refusal: (stored) => new AccountNotEnded(userItems.parseIfAny(stored)),
    };
  }
}

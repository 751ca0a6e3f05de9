import type { AuditActor, AuditEvent } from "../domain/audit.ts";
import {
  hourOf,
  mostRefusedActsInTrail,
  type RefusedActCounter,
  type RefusedActs,
  type RefusedActTotals,
} from "../domain/refused-act.ts";
import { epochSeconds, instant, plusDays, plusHours, plusMinutes } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { auditWrite } from "./consequences.ts";
import { dueBefore } from "./due-index.ts";
import { refusedActItems } from "./items.ts";
import { dueIndex, expiryAttribute, refusedActsKey, refusedActTotal, refusedActTotals } from "./keys.ts";
import { getItem } from "./read.ts";
import { commit, update, updateIf } from "./write.ts";

/** Long enough for the job to record a total, even if it fails for days. */
const daysKept = 14;

/** Another run recorded the total. */
class AlreadyRecorded extends Error {}

/** Counts refused acts by user and hour. An hour with more than the trail holds is due for its total. */
export class DynamoRefusedActs implements RefusedActCounter, RefusedActTotals {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async count(actor: AuditActor, now: Date): Promise<number> {
    const hour = hourOf(now);
    const { organisationId, username } = actor;
    const stored = await updateIf(this.#tables, {
      Key: refusedActsKey(actor, hour),
      UpdateExpression: "ADD refused :one SET actor = :actor, #hour = :hour, #expiry = :expiry",
      ExpressionAttributeNames: { "#hour": "hour", "#expiry": expiryAttribute },
      ExpressionAttributeValues: {
        ":one": 1,
        ":actor": { organisationId, username },
        ":hour": hour,
        ":expiry": epochSeconds(plusDays(hour, daysKept)),
      },
      ReturnValues: "ALL_NEW",
    });
    const { count } = refusedActItems.parse(stored ?? {});
    // Each later act repeats this until it is done, so that a lost write loses no total.
    if (count > mostRefusedActsInTrail && stored?.[dueIndex.partitionKey] === undefined)
      await this.#makeDue(actor, hour);
    return count;
  }

  /** A minute after the hour, when no request of that hour is at work any more. */
  async #makeDue(actor: AuditActor, hour: string): Promise<void> {
    const due = refusedActTotal(actor, hour, plusMinutes(plusHours(hour, 1), 1));
    await updateIf(this.#tables, {
      Key: refusedActsKey(actor, hour),
      UpdateExpression: "SET #partition = :partition, #sort = :sort",
      ConditionExpression: "attribute_exists(PK)",
      ExpressionAttributeNames: { "#partition": dueIndex.partitionKey, "#sort": dueIndex.sortKey },
      ExpressionAttributeValues: {
        ":partition": due[dueIndex.partitionKey],
        ":sort": due[dueIndex.sortKey],
      },
    });
  }

  async unrecorded(now: Date): Promise<RefusedActs[]> {
    const due = await dueBefore(this.#tables, refusedActTotals.partition, instant(now));
    const acts: RefusedActs[] = [];
    for (const { PK, SK } of due) {
      const item = await getItem(this.#tables, { PK: String(PK), SK: String(SK) });
      if (item) acts.push(refusedActItems.parse(item));
    }
    return acts;
  }

  async record({ actor, hour }: RefusedActs, total: AuditEvent): Promise<void> {
    const done = {
      Key: refusedActsKey(actor, hour),
      UpdateExpression: "REMOVE #partition, #sort",
      ConditionExpression: "attribute_exists(#partition)",
      ExpressionAttributeNames: { "#partition": dueIndex.partitionKey, "#sort": dueIndex.sortKey },
    };
    try {
      await commit(this.#tables, [
        update(this.#tables, done, () => new AlreadyRecorded()),
        auditWrite(this.#tables, total),
      ]);
    } catch (error) {
      if (!(error instanceof AlreadyRecorded)) throw error;
    }
  }
}

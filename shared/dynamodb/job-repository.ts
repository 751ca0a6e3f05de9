import * as z from "zod/mini";
import type { JobRepository } from "../domain/jobs/ports.ts";
import type { Instant } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { ItemParser } from "./item-parser.ts";
import { jobKey } from "./keys.ts";
import { updateIf } from "./write.ts";

const jobItems = new ItemParser(
  "job",
  z.object({ completedUntil: z._default(z.nullable(z.string()), null) }),
);

export class DynamoJobRepository implements JobRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** A run as of an earlier time, or one that finished late, does not reset what later runs completed. */
  async note(job: string, until: Instant, complete: boolean): Promise<Instant | null> {
    const before = await updateIf(this.#tables, {
      Key: jobKey(job),
      UpdateExpression: "SET lastRun = :run",
      ExpressionAttributeValues: { ":run": { until, complete } },
      ReturnValues: "ALL_NEW",
    });
    if (complete) await this.#complete(job, until);
    return jobItems.parse(before ?? {}).completedUntil;
  }

  async #complete(job: string, until: Instant): Promise<void> {
    await updateIf(this.#tables, {
      Key: jobKey(job),
      UpdateExpression: "SET completedUntil = :until",
      ConditionExpression: "attribute_not_exists(completedUntil) OR completedUntil < :until",
      ExpressionAttributeValues: { ":until": until },
    });
  }
}

import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { AuditPage, AuditQuery, AuditReader } from "../domain/audit-query.ts";
import type { Tables } from "./client.ts";
import { auditItems } from "./items.ts";
import { auditTrailOf } from "./keys.ts";
import { queryPage, type StoredItem } from "./read.ts";

/**
 * The number of events that one request reads at most, about 13 MB. Filtering by actor and counting read every
 * event of the period; trails grow without limit, and a request has seconds.
 */
const mostRead = 50_000;

/** Reads an organisation's audit trail. It needs no right to write. */
export class DynamoAuditReader implements AuditReader {
  readonly #tables: Tables;
  readonly #mostRead: number;

  constructor(tables: Tables, limits: { readonly mostRead: number } = { mostRead }) {
    this.#tables = { ...tables, tableName: tables.auditTableName };
    this.#mostRead = limits.mostRead;
  }

  async page(
    query: AuditQuery,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<AuditPage> {
    const condition = conditionOf(query);
    if (!condition) return { events: [], next: null };
    const { partition } = auditTrailOf(query.organisationId);
    const items: StoredItem[] = [];
    let left = this.#mostRead;
    let from: QueryCommandInput["ExclusiveStartKey"] =
      after === null ? undefined : { PK: partition, SK: after };
    do {
      // Filtered-out events count towards Limit, so a filtered query reads as much as it may.
      const Limit = condition.FilterExpression ? left : limit + 1;
      const found = await queryPage(this.#tables, { ...condition, ScanIndexForward: false, Limit }, from);
      items.push(...found.items);
      left -= found.looked;
      from = found.next;
    } while (from && items.length <= limit && left > 0);
    const shown = items.slice(0, limit);
    const last = items.length > limit ? shown.at(-1) : from;
    return { events: shown.map((item) => auditItems.parse(item)), next: last ? String(last["SK"]) : null };
  }

  async count(query: AuditQuery): Promise<number> {
    const condition = conditionOf(query);
    if (!condition) return 0;
    const { client, tableName } = this.#tables;
    let count = 0;
    let left = this.#mostRead;
    let from: QueryCommandInput["ExclusiveStartKey"];
    do {
      const page = await client.send(
        new QueryCommand({
          ...condition,
          TableName: tableName,
          Select: "COUNT",
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: left,
          ExclusiveStartKey: from,
        }),
      );
      count += page.Count ?? 0;
      left -= page.ScannedCount ?? 0;
      from = page.LastEvaluatedKey;
    } while (from && left > 0);
    return count;
  }
}

type Condition = Pick<
  QueryCommandInput,
  "KeyConditionExpression" | "FilterExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/** @returns null for a period that ends before it begins, because DynamoDB rejects such a query */
function conditionOf({ organisationId, from, before, actor, subject }: AuditQuery): Condition | null {
  const trail = auditTrailOf(organisationId);
  const [low, high] = [from ?? trail.first, before ?? trail.last];
  if (low > high) return null;
  const filters = [
    ...(actor === null ? [] : ["#actor.username = :actor"]),
    ...(subject === null ? [] : ["#subject.id = :subject"]),
  ];
  const names = {
    ...(actor !== null && { "#actor": "actor" }),
    ...(subject !== null && { "#subject": "subject" }),
  };
  return {
    KeyConditionExpression: "PK = :partition AND SK BETWEEN :low AND :high",
    ExpressionAttributeValues: {
      ":partition": trail.partition,
      ":low": low,
      ":high": high,
      ...(actor !== null && { ":actor": actor }),
      ...(subject !== null && { ":subject": subject }),
    },
    ...(filters.length > 0 && {
      FilterExpression: filters.join(" AND "),
      ExpressionAttributeNames: names,
    }),
  };
}

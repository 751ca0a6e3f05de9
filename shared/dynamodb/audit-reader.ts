import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { AuditPage, AuditQuery, AuditReader } from "../domain/audit-query.ts";
import type { Tables } from "./client.ts";
import { auditItems } from "./items.ts";
import { auditTrailOf } from "./keys.ts";
import { queryAll, type StoredItem } from "./read.ts";

/** Reads an organisation's trail; nothing here can write to it. */
export class DynamoAuditReader implements AuditReader {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = { ...tables, tableName: tables.auditTableName };
  }

  async page(query: AuditQuery, page: { limit: number; after: string | null }): Promise<AuditPage> {
    const condition = conditionOf(query);
    if (!condition) return { events: [], next: null };
    const { partition } = auditTrailOf(query.organisationId);
    const found = queryAll(
      this.#tables,
      {
        ...condition,
        ScanIndexForward: false,
        // What a filter leaves out counts as well, so a page that has one takes what comes.
        ...(!condition.FilterExpression && { Limit: page.limit + 1 }),
      },
      page.after === null ? undefined : { PK: partition, SK: page.after },
    );
    const items: StoredItem[] = [];
    for await (const item of found) {
      items.push(item);
      if (items.length > page.limit) break;
    }
    const shown = items.slice(0, page.limit);
    const last = items.length > page.limit ? shown.at(-1) : undefined;
    return { events: shown.map((item) => auditItems.parse(item)), next: last ? String(last["SK"]) : null };
  }

  async count(query: AuditQuery): Promise<number> {
    const condition = conditionOf(query);
    if (!condition) return 0;
    const { client, tableName: TableName } = this.#tables;
    let count = 0;
    let from: QueryCommandInput["ExclusiveStartKey"];
    do {
      const page = await client.send(
        new QueryCommand({
          ...condition,
          TableName,
          Select: "COUNT",
          ConsistentRead: true,
          ExclusiveStartKey: from,
        }),
      );
      count += page.Count ?? 0;
      from = page.LastEvaluatedKey;
    } while (from);
    return count;
  }
}

type Condition = Pick<
  QueryCommandInput,
  "KeyConditionExpression" | "FilterExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/** Null for a period that ends before it begins: DynamoDB refuses to look for it. */
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

import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { QueryCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  dueIndex,
  mailIdOf,
  mailKey,
  partitionKey,
  queuedMailPartitions,
} from "../../shared/dynamodb/keys.ts";

export interface TableOf {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/**
 * The ids of all mails that wait since before a moment, the oldest of each shard first. They stand in the sparse
 * index as long as they are queued, so this costs what waits and not what was ever sent.
 */
export async function queuedMails({ client, tableName }: TableOf, before: Date): Promise<string[]> {
  const ids: string[] = [];
  for (const partition of queuedMailPartitions) {
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: dueIndex.name,
          KeyConditionExpression: `${dueIndex.partitionKey} = :partition AND ${dueIndex.sortKey} < :before`,
          ExpressionAttributeValues: { ":partition": partition, ":before": before.toISOString() },
          ExclusiveStartKey: from,
        }),
      );
      ids.push(...(page.Items ?? []).flatMap((item) => mailIdOf(String(item[partitionKey])) ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
  }
  return ids;
}

/** As many as the event source mapping hands over at a time. */
const batchSize = 10;

/**
 * Has send-mail deal with mails, as the stream would; it sends none that has been sent.
 * @returns the ids of those that it could not deal with now
 */
export async function deliver(
  lambda: LambdaClient,
  functionName: string,
  ids: readonly string[],
): Promise<string[]> {
  const failed: string[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    failed.push(...(await deliverBatch(lambda, functionName, ids.slice(start, start + batchSize))));
  }
  return failed;
}

async function deliverBatch(
  lambda: LambdaClient,
  FunctionName: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const Payload = JSON.stringify({ Records: ids.map(streamRecord) });
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
  if (answer.FunctionError !== undefined) return ids;
  const { batchItemFailures } = JSON.parse(answer.Payload?.transformToString() ?? "{}") as {
    batchItemFailures?: { itemIdentifier: string }[];
  };
  const failures = new Set((batchItemFailures ?? []).map(({ itemIdentifier }) => Number(itemIdentifier)));
  return ids.filter((_, number) => failures.has(number));
}

/** What send-mail reads of a record: the mail's key, and a number to name it by in the answer. */
function streamRecord(id: string, number: number) {
  const { PK, SK } = mailKey(id);
  return {
    eventID: id,
    eventName: "INSERT",
    eventSource: "aws:dynamodb",
    dynamodb: { Keys: { PK: { S: PK }, SK: { S: SK } }, SequenceNumber: String(number) },
  };
}

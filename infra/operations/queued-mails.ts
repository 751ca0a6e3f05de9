import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { GetCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  asideMailPartition,
  dueIndex,
  expiryAttribute,
  mailIdOf,
  mailKey,
  partitionKey,
  queuedMail,
  queuedMailPartitions,
  queuedSince,
  refusedMailPartition,
} from "../../shared/dynamodb/keys.ts";

export interface TableOf {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/**
 * The ids of all mails that were queued before a moment, the oldest of each shard first, and then of those that are set
 * aside. The sparse index has only these mails, so the cost does not grow with the mails that were sent.
 */
export async function queuedMails(table: TableOf, before: Date): Promise<string[]> {
  const ids: string[] = [];
  for (const partition of [...queuedMailPartitions, asideMailPartition])
    ids.push(...(await mailsIn(table, partition, "<", before)));
  return ids;
}

/** The moment at which the oldest queued mail was queued; null if none waits. */
export async function oldestQueuedMail({ client, tableName }: TableOf): Promise<Date | null> {
  const firsts = queuedMailPartitions.map(async (partition) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: dueIndex.name,
        KeyConditionExpression: `${dueIndex.partitionKey} = :partition`,
        ExpressionAttributeValues: { ":partition": partition },
        Limit: 1,
      }),
    );
    return Items.map((item) => new Date(queuedSince(String(item[dueIndex.sortKey]))));
  });
  const [oldest = null] = (await Promise.all(firsts)).flat().sort((a, b) => a.getTime() - b.getTime());
  return oldest;
}

/** The ids of the mails that SES refused since a moment. */
export function refusedMails(table: TableOf, since: Date): Promise<string[]> {
  return mailsIn(table, refusedMailPartition, ">=", since);
}

/** The ids of the mails in a partition of the sparse index, on one side of a moment. */
async function mailsIn(
  { client, tableName }: TableOf,
  partition: string,
  comparison: "<" | ">=",
  moment: Date,
): Promise<string[]> {
  const ids: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: dueIndex.name,
        KeyConditionExpression: `${dueIndex.partitionKey} = :partition AND ${dueIndex.sortKey} ${comparison} :moment`,
        ExpressionAttributeValues: { ":partition": partition, ":moment": moment.toISOString() },
        ExclusiveStartKey: from,
      }),
    );
    ids.push(...(page.Items ?? []).flatMap((item) => mailIdOf(String(item[partitionKey])) ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return ids;
}

/** Queues a refused mail again, as of the moment that it was first queued; a mail in another state stays as it is. */
export async function requeue({ client, tableName }: TableOf, id: string): Promise<void> {
  const Key = mailKey(id);
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  if (Item?.["state"] !== "refused") return;
  const keys = queuedMail({ id, createdAt: String(Item["createdAt"]) });
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key,
      UpdateExpression: `SET #state = :queued, ${dueIndex.partitionKey} = :partition, ${dueIndex.sortKey} = :sort REMOVE outcome, ${expiryAttribute}`,
      ConditionExpression: "#state = :refused",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":queued": "queued",
        ":refused": "refused",
        ":partition": keys[dueIndex.partitionKey],
        ":sort": keys[dueIndex.sortKey],
      },
    }),
  );
}

/** The batch size of the event source mapping. */
const batchSize = 10;

/**
 * Invokes send-mail with mails like the stream does; it sends none twice.
 * @returns the ids of the mails that failed
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

/** The parts of a stream record that send-mail reads: the mail's key, and the number that its answer names. */
function streamRecord(id: string, number: number) {
  const { PK, SK } = mailKey(id);
  return {
    eventID: id,
    eventName: "INSERT",
    eventSource: "aws:dynamodb",
    dynamodb: { Keys: { PK: { S: PK }, SK: { S: SK } }, SequenceNumber: String(number) },
  };
}

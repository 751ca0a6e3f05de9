import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { inject } from "vitest";
import { startDynamoDb as startLocalDynamoDb } from "../../infra/local/emulators/dynamodb-process.ts";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";
import { changedIndex, dueIndex, partitionKey, sortKey } from "../../shared/dynamodb/keys.ts";
import type { StoredItem } from "../../shared/dynamodb/read.ts";

declare module "vitest" {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

/** The address of a running DynamoDB to use instead of a new one. */
export const externalDynamoDb = (): string | undefined =>
  process.env["PORTERO_DYNAMODB_ENDPOINT"] || undefined;

/**
 * The local host's DynamoDB, deleted with its tables when it stops; `PORTERO_DYNAMODB_ENDPOINT` names a running one
 * to use instead.
 * @param directory for its file; may exist
 */
export async function startDynamoDb(
  directory: string = mkdtempSync(join(tmpdir(), "portero-dynamodb-")),
): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const dynamodb = await startLocalDynamoDb({
    preferredPort: 0,
    directory,
    logFile: join(directory, "dynamodb.log"),
    onCrash: (error) => {
      throw error;
    },
  });
  const stop = async () => {
    await dynamodb.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { endpoint: dynamodb.url, stop };
}

export interface TestTables extends Tables {
  /** The command names of all requests since the last `forget`, retries included. */
  readonly requests: string[];
  /** The read units of those requests. */
  readUnits: number;
  forget(): void;
  /** All items of the main table whose partition key begins with a prefix. */
  items(prefix?: string): Promise<StoredItem[]>;
  auditEvents(): Promise<StoredItem[]>;
}

/** Two new, empty tables as in infra/constructs/tables.ts, and a client that counts requests. */
export async function createTables(endpoint: string = inject("dynamodbEndpoint")): Promise<TestTables> {
  const tables = tablesAt(endpoint);
  await createTable(tables, mainTable(tables.tableName, { stream: true }));
  await createTable(tables, auditTable(tables.auditTableName, { stream: true }));
  // Creating the tables does not count.
  tables.forget();
  return tables;
}

export async function createTable({ client }: Tables, table: CreateTableCommandInput): Promise<void> {
  await client.send(new CreateTableCommand(table));
}

/** A client that counts requests, for existing tables or tables that the caller creates. */
export function tablesAt(endpoint: string, unique: string = randomUUID()): TestTables {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = createDocumentClient({ endpoint, region: "eu-west-1", credentials });
  const tables: TestTables = {
    client,
    tableName: `Portero-${unique}`,
    auditTableName: `PorteroAudit-${unique}`,
    requests: [],
    readUnits: 0,
    forget() {
      this.requests.length = 0;
      this.readUnits = 0;
    },
    items: async (prefix = "") =>
      (await scan(tables, tables.tableName)).filter((item) => String(item["PK"]).startsWith(prefix)),
    auditEvents: () => scan(tables, tables.auditTableName),
  };
  count(tables);
  return tables;
}

/** Puts items into the main table as they are. */
export async function putAll({ client, tableName }: Tables, items: readonly StoredItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += 25) {
    const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item: { ...Item } } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  }
}

const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: "HASH" as const },
  { AttributeName: sort, KeyType: "RANGE" as const },
];
const texts = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));

interface Streaming {
  readonly stream?: boolean;
}

export function auditTable(TableName: string, { stream = false }: Streaming = {}): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: texts(partitionKey, sortKey),
    KeySchema: keySchema(partitionKey, sortKey),
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } }),
  };
}

export function mainTable(TableName: string, streaming: Streaming = {}): CreateTableCommandInput {
  const index = ({
    name,
    partitionKey: partition,
    sortKey: sort,
  }: typeof dueIndex | typeof changedIndex) => ({
    IndexName: name,
    KeySchema: keySchema(partition, sort),
  });
  return {
    ...auditTable(TableName, streaming),
    AttributeDefinitions: [
      ...texts(partitionKey, sortKey, dueIndex.partitionKey, dueIndex.sortKey),
      { AttributeName: changedIndex.sortKey, AttributeType: "N" },
    ],
    LocalSecondaryIndexes: [{ ...index(changedIndex), Projection: { ProjectionType: "ALL" } }],
    GlobalSecondaryIndexes: [{ ...index(dueIndex), Projection: { ProjectionType: "KEYS_ONLY" } }],
  };
}

function count(tables: TestTables): void {
  const { middlewareStack } = tables.client;
  middlewareStack.add(
    (next, context) => async (args) => {
      tables.requests.push(String(context["commandName"]).replace(/Command$/, ""));
      return next(args);
    },
    { step: "finalizeRequest", priority: "low", name: "countRequests" },
  );
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } });
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Capacity | Capacity[] };
      for (const { CapacityUnits } of [ConsumedCapacity ?? []].flat()) tables.readUnits += CapacityUnits ?? 0;
      return result;
    },
    { step: "initialize", name: "countCapacity" },
  );
}

interface Capacity {
  readonly CapacityUnits?: number;
}

async function scan({ client }: Tables, TableName: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { inject } from "vitest";
import { indexStreamRecords } from "../../infra/local/stream-index.ts";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";
import { changedIndex, dueIndex, partitionKey, sortKey } from "../../shared/dynamodb/keys.ts";
import type { StoredItem } from "../../shared/dynamodb/read.ts";

declare module "vitest" {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

export const dynoxide = fileURLToPath(
  new URL(`../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`, import.meta.url),
);

/** A DynamoDB that runs already and is to be used in place of one of our own. */
export const externalDynamoDb = (): string | undefined =>
  process.env["PORTERO_DYNAMODB_ENDPOINT"] || undefined;

/**
 * A DynamoDB that is gone when it stops; `PORTERO_DYNAMODB_ENDPOINT` names another one that runs already.
 * @param database file of the emulator's to work on, if there is one
 */
export async function startDynamoDb(
  database?: string,
): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const external = externalDynamoDb();
  if (external !== undefined) return { endpoint: external, stop: () => Promise.resolve() };
  if (!existsSync(dynoxide)) {
    throw new Error(`There is no DynamoDB for this platform: run npm ci, or set PORTERO_DYNAMODB_ENDPOINT`);
  }
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "portero-dynamodb-"));
  const file = database ?? join(folder, "tables.db");
  const server = spawn(
    dynoxide,
    ["serve", "--host", "127.0.0.1", "--port", String(port), "--db-path", file],
    { stdio: "ignore" },
  );
  const forget = () => rmSync(folder, { recursive: true, force: true });
  const stopWithUs = () => {
    server.kill("SIGKILL");
    forget();
  };
  process.once("exit", stopWithUs);
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, server);
  indexStreamRecords(file);
  const stop = async () => {
    process.off("exit", stopWithUs);
    const ended = once(server, "exit");
    server.kill();
    await ended;
    forget();
  };
  return { endpoint, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function answering(endpoint: string, server: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (server.exitCode !== null) break;
    const answer = await fetch(endpoint).catch(() => null);
    if (answer) return;
    await sleep(20);
  }
  throw new Error("DynamoDB did not start");
}

export interface TestTables extends Tables {
  /** Every request since the last `forget`, retries included, by the name of its command. */
  readonly requests: string[];
  /** Read units that those requests took. */
  readUnits: number;
  forget(): void;
  /** All items of the main table whose partition key begins with a prefix. */
  items(prefix?: string): Promise<StoredItem[]>;
  /** All events of the audit table. */
  traces(): Promise<StoredItem[]>;
}

/** Two empty tables of their own, as infra/constructs/tables.ts makes them, and a client that counts. */
export async function createTables(endpoint: string = inject("dynamodbEndpoint")): Promise<TestTables> {
  const tables = tablesAt(endpoint);
  await createTable(tables, mainTable(tables.tableName, { stream: true }));
  await createTable(tables, auditTable(tables.auditTableName, { stream: true }));
  // Counted is what is done with them.
  tables.forget();
  return tables;
}

export async function createTable({ client }: Tables, table: CreateTableCommandInput): Promise<void> {
  await client.send(new CreateTableCommand(table));
}

/** A client that counts, for tables that are there already or are made with it. */
export function tablesAt(endpoint: string, unique: string = randomUUID()): TestTables {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = createDocumentClient({ endpoint, region: "eu-west-1", credentials });
  const tables: TestTables = {
    ...{ client, tableName: `Portero-${unique}`, auditTableName: `PorteroAudit-${unique}` },
    ...{ requests: [], readUnits: 0 },
    forget() {
      this.requests.length = 0;
      this.readUnits = 0;
    },
    items: async (prefix = "") =>
      (await scan(tables, tables.tableName)).filter((item) => String(item["PK"]).startsWith(prefix)),
    traces: () => scan(tables, tables.auditTableName),
  };
  count(tables);
  return tables;
}

/** Puts items as they are into the main table. */
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
    ...{ IndexName: name, KeySchema: keySchema(partition, sort) },
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

import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { inject } from "vitest";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";
import { changedIndex, dueIndex, partitionKey, sortKey } from "../../shared/dynamodb/keys.ts";
import type { StoredItem } from "../../shared/dynamodb/read.ts";

declare module "vitest" {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

const program = fileURLToPath(
  new URL(`../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`, import.meta.url),
);

/** A DynamoDB in memory; `PORTERO_DYNAMODB_ENDPOINT` names another one that runs already. */
export async function startDynamoDb(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const external = process.env["PORTERO_DYNAMODB_ENDPOINT"];
  if (external) return { endpoint: external, stop: () => Promise.resolve() };
  if (!existsSync(program)) {
    throw new Error(`There is no DynamoDB for this platform: run npm ci, or set PORTERO_DYNAMODB_ENDPOINT`);
  }
  const port = await freePort();
  const server = spawn(program, ["serve", "--host", "127.0.0.1", "--port", String(port)], {
    stdio: "ignore",
  });
  const stopWithUs = () => server.kill("SIGKILL");
  process.once("exit", stopWithUs);
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, server);
  const stop = async () => {
    process.off("exit", stopWithUs);
    const ended = once(server, "exit");
    server.kill();
    await ended;
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
export async function createTables(
  endpoint: string = inject("dynamodbEndpoint"),
  // Without a stream the emulator writes ten times as fast.
  { stream = true }: { readonly stream?: boolean } = {},
): Promise<TestTables> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = createDocumentClient({ endpoint, region: "eu-west-1", credentials });
  const unique = randomUUID();
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
  await createTable(tables, tables.tableName, { indexes: [dueIndex], localIndexes: [changedIndex], stream });
  await createTable(tables, tables.auditTableName, { indexes: [], stream });
  count(tables);
  return tables;
}

async function createTable(
  { client }: Tables,
  TableName: string,
  {
    indexes,
    localIndexes = [],
    stream,
  }: {
    readonly indexes: readonly (typeof dueIndex)[];
    readonly localIndexes?: readonly (typeof changedIndex)[];
    readonly stream: boolean;
  },
): Promise<void> {
  const keySchema = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: "HASH" as const },
    { AttributeName: sort, KeyType: "RANGE" as const },
  ];
  const names = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        ...names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
        ...localIndexes.map((index) => ({ AttributeName: index.sortKey, AttributeType: "N" as const })),
      ],
      KeySchema: keySchema(partitionKey, sortKey),
      ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" as const } }),
      ...(localIndexes.length > 0 && {
        LocalSecondaryIndexes: localIndexes.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(index.partitionKey, index.sortKey),
          Projection: { ProjectionType: "ALL" as const },
        })),
      }),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(index.partitionKey, index.sortKey),
          Projection: { ProjectionType: "KEYS_ONLY" as const },
        })),
      }),
    }),
  );
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

import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { marshall } from "@aws-sdk/util-dynamodb";
import { dynoxideDatabase, dynoxideProgram } from "../../infra/local/emulators/dynamodb-process.ts";
import type { StoredItem } from "../../shared/dynamodb/read.ts";
import {
  auditTable,
  createTable,
  externalDynamoDb,
  mainTable,
  putAll,
  startDynamoDb,
  tablesAt,
  type TestTables,
} from "./dynamodb.ts";

export interface FilledTables {
  readonly tables: TestTables;
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/**
 * A DynamoDB whose main table is imported with these items, without a stream: writing a hundred thousand users in
 * batches would take minutes.
 */
export async function filledTables(items: readonly StoredItem[]): Promise<FilledTables> {
  const unique = randomUUID();
  const program = dynoxideProgram();
  if (externalDynamoDb() !== undefined || program === null) {
    const { endpoint, stop } = await startDynamoDb();
    const tables = tablesAt(endpoint, unique);
    await createTable(tables, mainTable(tables.tableName));
    await createTable(tables, auditTable(tables.auditTableName));
    await putAll(tables, items);
    return { tables, endpoint, stop };
  }
  const folder = mkdtempSync(join(tmpdir(), "portero-tables-"));
  await importInto(folder, program, `Portero-${unique}`, items);
  const { endpoint, stop } = await startDynamoDb(folder);
  const tables = tablesAt(endpoint, unique);
  await createTable(tables, auditTable(tables.auditTableName));
  return { tables, endpoint, stop };
}

/** The emulator imports DynamoDB's export format in seconds. */
async function importInto(
  folder: string,
  program: string,
  tableName: string,
  items: readonly StoredItem[],
): Promise<void> {
  const source = join(folder, "export");
  const data = join(source, tableName, "data");
  mkdirSync(data, { recursive: true });
  for (let from = 0; from < items.length; from += 50_000) {
    const lines = items
      .slice(from, from + 50_000)
      .map((item) => JSON.stringify({ Item: marshall(item, { removeUndefinedValues: true }) }));
    writeFileSync(join(data, `${from}.json.gz`), gzipSync(`${lines.join("\n")}\n`, { level: 1 }));
  }
  const schema = join(folder, "schema.json");
  writeFileSync(schema, JSON.stringify({ Table: mainTable(tableName) }));
  const places = ["--source", source, "--schema", schema, "--output", dynoxideDatabase(folder)];
  await promisify(execFile)(program, ["import", ...places]);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { startDynamoDb } from "../../../infra/local/emulators/dynamodb-process.ts";
import { indexStreamRecords } from "../../../infra/local/emulators/stream-index.ts";
import { externalDynamoDb } from "../../support/dynamodb.ts";

const directory = mkdtempSync(join(tmpdir(), "portero-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What Dynoxide asks of SQLite for each change, and for each look at a stream. */
const asked = [
  "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?",
  `SELECT event_name FROM _stream_records WHERE table_name = ? AND shard_id = ?
     AND CAST(sequence_number AS INTEGER) > ? ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?`,
];

test.skipIf(externalDynamoDb() !== undefined)("stream records are looked up, not gone through", async () => {
  const dynamodb = await startDynamoDb({
    ...{ preferredPort: 0, directory, logFile: join(directory, "dynamodb.log") },
    onCrash: (error) => {
      throw error;
    },
  });
  await dynamodb.stop();
  const database = new DatabaseSync(join(directory, "dynamodb.db"));
  const plans = asked.map((query) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${query}`)
      .all()
      .map(({ detail }) => detail),
  );
  database.close();
  expect(plans).toEqual([
    ["SEARCH _stream_records USING COVERING INDEX stream_records_in_order (table_name=?)"],
    ["SEARCH _stream_records USING INDEX stream_records_in_order (table_name=? AND <expr>>?)"],
  ]);
});

test("a database that keeps its records otherwise is left as it is", () => {
  expect(indexStreamRecords(join(directory, "another.db"))).toBe(false);
});

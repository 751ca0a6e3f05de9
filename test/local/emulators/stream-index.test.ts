import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  dynoxideDatabase,
  dynoxideProgram,
  startDynamoDb,
} from "../../../infra/local/emulators/dynamodb-process.ts";
import { indexStreamRecords } from "../../../infra/local/emulators/stream-index.ts";
import { externalDynamoDb } from "../../support/dynamodb.ts";

const directory = mkdtempSync(join(tmpdir(), "portero-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Dynoxide's queries for each write to a table with a stream, and for each read of a stream. */
const queries = [
  "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1",
  "SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity " +
    "FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3 " +
    "ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4",
];

/** How SQLite finds the records for each of the queries. */
function plans(): unknown[] {
  const database = new DatabaseSync(dynoxideDatabase(directory));
  try {
    return queries.flatMap((query) => {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
      return steps.map(({ detail }) => detail);
    });
  } finally {
    database.close();
  }
}

describe.skipIf(externalDynamoDb() !== undefined || dynoxideProgram() === null)("the stream index", () => {
  beforeAll(async () => {
    const logFile = join(directory, "dynamodb.log");
    const onCrash = (error: Error) => {
      throw error;
    };
    const dynamodb = await startDynamoDb({ preferredPort: 0, directory, logFile, onCrash });
    expect(dynamodb.remark).toBeNull();
    await dynamodb.stop();
  });

  it("is of use as long as Dynoxide asks its database in this way", () => {
    const program = readFileSync(dynoxideProgram()!, "latin1").replaceAll(/\s+/g, " ");
    for (const query of queries) expect(program.includes(query), query).toBe(true);
  });

  it("lets SQLite look records up", () => {
    expect(plans()).toEqual([
      "SEARCH _stream_records USING COVERING INDEX stream_records_in_order (table_name=?)",
      "SEARCH _stream_records USING INDEX stream_records_in_order (table_name=? AND <expr>>?)",
    ]);
  });

  it("is needed: without it SQLite goes through the records of all tables", () => {
    const database = new DatabaseSync(dynoxideDatabase(directory));
    database.exec("DROP INDEX stream_records_in_order");
    database.close();
    for (const plan of plans()) expect(plan).not.toMatch(/stream_records_in_order|<expr>/);
    expect(plans()).toContainEqual(expect.stringMatching(/^SCAN _stream_records/));
  });
});

it("leaves a database of another form as it is", () => {
  expect(indexStreamRecords(join(directory, "another.db"))).toBe(false);
});

import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { organisation } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { seed } from "../../dynamodb/seed.ts";
import { header, sendFile } from "./import-api.ts";

let tables: TestTables;
beforeAll(async () => {
  tables = await createTables();
  await seed(tables, { organisations: [organisation()] });
});

const cell = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.emailAddress(),
  fc.constantFrom(
    "F.",
    "Femke",
    "Test",
    "__proto__",
    "=1+1",
    '"',
    '""',
    "\n",
    "x".repeat(1001),
    "\u202e",
    "ß",
  ),
);
const line = fc.array(cell, { maxLength: 10 }).map((cells) => cells.join(","));
const rather = <T>(wanted: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: wanted }, { weight: 1, arbitrary: other });
const person = fc.tuple(
  rather(fc.constantFrom("F.", "Ç.", "J.W."), cell),
  rather(fc.constantFrom("Femke", "José"), cell),
  rather(fc.constantFrom("", "van der"), cell),
  rather(fc.constantFrom("Test", "Őze", "李"), cell),
  rather(fc.emailAddress(), cell),
  rather(fc.constant(""), cell),
  rather(fc.constant(""), cell),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);
const anyFile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(line, { maxLength: 10 }).map((lines) => [header, ...lines].join("\n")),
  fc
    .array(person, { maxLength: 6 })
    .map((rows) =>
      [header, ...rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(","))].join("\n"),
    ),
);

it("any file is answered by a report and never by a server error", async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, fc.boolean(), async (csv, dryRun) => {
      const { status, body } = await sendFile(tables, csv, { dryRun });
      const wrong = body.rows.some(({ errors }) => errors.length > 0);
      expect(status).toBe(wrong && !dryRun ? 422 : 200);
      expect(body.created).toBe(wrong || dryRun ? 0 : body.rows.length);
      expect(body.rows.length).toBeGreaterThan(0);
      for (const { errors } of body.rows) for (const { detail } of errors) expect(detail).not.toBe("");
    }),
    { numRuns: 300 },
  );
});

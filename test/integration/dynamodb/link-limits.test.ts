import { expect, it } from "vitest";
import * as z from "zod/mini";
import { settingsShape } from "../../../shared/domain/settings.ts";
import { sourceLinkLimitKey } from "../../../shared/dynamodb/keys.ts";
import { countRequest, requestTimes, secondsToWait } from "../../../shared/dynamodb/link-limits.ts";
import { getItem } from "../../../shared/dynamodb/read.ts";
import { commit } from "../../../shared/dynamodb/write.ts";
import { createTables, putAll, type TestTables } from "../../support/dynamodb.ts";

const now = new Date("2026-11-22T12:00:00.000Z");
const key = sourceLinkLimitKey("192.0.2.1");
const limitSchema = z.toJSONSchema(z.object({ limit: settingsShape.linksPerSourcePerHour }));
/** The largest limit that a stage can configure. */
const { maximum: largest } = limitSchema.properties?.["limit"] as { maximum: number };

const count = (tables: TestTables, most: number) =>
  commit(tables, [countRequest(tables, { key, most }, now, () => new Error("too many"))]);
const stored = async (tables: TestTables) => requestTimes(await getItem(tables, key));

it("the largest limit that can be configured takes no more than some kilobytes, and refuses when it is reached", async () => {
  const tables = await createTables();
  const recent = (places: number) => Array.from({ length: places }, (_, index) => now.getTime() - index);
  await putAll(tables, [{ ...key, asks: recent(999) }]);
  await count(tables, largest);
  await putAll(tables, [{ ...key, asks: recent(1000) }]);
  await expect(count(tables, largest)).rejects.toThrow("too many");
  expect(secondsToWait(await stored(tables), largest, now)).toBeGreaterThan(3000);
  expect(JSON.stringify(await getItem(tables, key)).length).toBeLessThan(20_000);
});

it.each([1, 20, 1000])("a limit of %d counts each request", async (most) => {
  const tables = await createTables();
  const asks = Array.from({ length: most - 1 }, (_, index) => now.getTime() - index);
  await putAll(tables, [{ ...key, asks }]);
  await count(tables, most);
  expect(await stored(tables)).toHaveLength(most);
  await expect(count(tables, most)).rejects.toThrow("too many");
});

it("of a greater limit a share of the requests is stored that amounts to it", async () => {
  const tables = await createTables();
  for (let times = 0; times < 400; times += 1) await count(tables, 4000);
  const share = (await stored(tables)).length / 400;
  // One in four; ten standard deviations are a fifth.
  expect(share).toBeGreaterThan(0.05);
  expect(share).toBeLessThan(0.45);
});

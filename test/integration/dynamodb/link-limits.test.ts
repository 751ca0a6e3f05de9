import { expect, it } from "vitest";
import * as z from "zod/mini";
import { settingsSchema, settingsShape } from "../../../shared/domain/settings.ts";
import { sourceLinkLimitKey } from "../../../shared/dynamodb/keys.ts";
import { countRequest, removeExpiredRequests, requestTimes } from "../../../shared/dynamodb/link-limits.ts";
import { getItem } from "../../../shared/dynamodb/read.ts";
import { commit } from "../../../shared/dynamodb/write.ts";
import { createTables, putAll } from "../../support/dynamodb.ts";

/** The largest value that a stage can configure. */
const most = z.toJSONSchema(z.object({ limit: settingsShape.linksPerSourcePerHour })).properties?.[
  "limit"
] as {
  maximum: number;
};

it("at the largest limit that can be configured, requests are counted up to it and then refused", async () => {
  const tables = await createTables();
  const now = new Date("2026-11-22T12:00:00.000Z");
  const key = sourceLinkLimitKey("192.0.2.1");
  const times = (count: number, from: number) => Array.from({ length: count }, (_, index) => from - index);
  // An hour of requests that count but one, and as many that are expired and were not removed yet.
  const asks = [
    ...times(most.maximum - 1, now.getTime() - 1),
    ...times(most.maximum, now.getTime() - 3_700_000),
  ];
  await putAll(tables, [{ ...key, asks }]);
  const count = () =>
    commit(tables, [countRequest(tables, { key, most: most.maximum }, now, () => new Error("too many"))]);
  await count();
  await expect(count()).rejects.toThrow("too many");
  await removeExpiredRequests(tables, key, requestTimes(await getItem(tables, key)), now);
  expect(requestTimes(await getItem(tables, key))).toHaveLength(most.maximum);
});

it("a limit whose counter could fill its item is not taken", () => {
  expect(z.safeParse(settingsSchema, { linksPerSourcePerHour: 1_000_000 }).success).toBe(false);
  expect(z.safeParse(settingsSchema, { linksPerUserPerHour: 1_000_000 }).success).toBe(false);
});

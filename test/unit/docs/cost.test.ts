import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { budgets } from "../../bench/budgets.ts";
import { reckonedRequests, tablesOf } from "../../support/cost-table.ts";

const [, work = [], perUsers = [], perStage = []] = tablesOf(readFileSync("docs/cost.md", "utf8"));
const requests = reckonedRequests();

const number = (text = "") => Number(text.replaceAll(",", ""));
const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
const ofWork = (column: number) => sum(work.map((row) => number(row[1]) * number(row[column])));
const quantity = (what: string) => number(perUsers.find(([name = ""]) => name.startsWith(what))?.[1]);

describe("docs/cost.md", () => {
  it("reckons with the round trips that requests have their budgets for", () => {
    expect(requests.length).toBeGreaterThan(10);
    for (const { request, roundTrips } of requests)
      expect([request, roundTrips]).toEqual([request, budgets.roundTrips[request]]);
  });

  it("adds up what people do and what goes on behind them", () => {
    const times = sum(requests.map((one) => one.times));
    expect(quantity("API Gateway")).toBe(times);
    expect(quantity("WAF, requests")).toBe(times);
    expect(quantity("DynamoDB, read units")).toBe(
      sum(requests.map((one) => one.times * one.readUnits)) + ofWork(2),
    );
    expect(quantity("DynamoDB, write units")).toBe(
      sum(requests.map((one) => one.times * one.writeUnits)) + ofWork(3),
    );
    const tokenTrigger = sum(
      requests.filter(({ request }) => /^(?:signIn|refreshSession)$/.test(request)).map((one) => one.times),
    );
    expect(quantity("Lambda, calls")).toBe(times + tokenTrigger + sum(work.map((row) => number(row[1]))));
  });

  it.each([...perUsers, ...perStage].filter(([what = ""]) => !what.startsWith("**")))(
    "%s: %s at %s for %s are %s dollars",
    (_, count, price, per, dollars) => {
      expect(dollars).toBe(((number(count) * number(price)) / number(per)).toFixed(2));
    },
  );

  it.each([
    ["users", perUsers],
    ["a stage", perStage],
  ])("adds up what %s cost", (_, rows) => {
    const total = rows.findIndex(([what = ""]) => what.startsWith("**"));
    const above = rows.slice(0, total).map((row) => number(row[4]));
    expect(number(rows[total]?.[4])).toBeCloseTo(sum(above), 2);
  });
});

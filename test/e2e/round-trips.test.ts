import { beforeAll, describe, expect, it } from "vitest";
import { budgets, roundTripsOf } from "../bench/budgets.ts";
import { measureCalls, type CallFigures } from "../bench/calls.ts";
import { routeNames } from "../bench/every-route.ts";
import { reckonedRequests } from "../support/cost-table.ts";

describe("what a request costs once its function is warm (DESIGN §7, Budgets)", () => {
  let figures: readonly CallFigures[];
  beforeAll(async () => {
    ({ figures } = await measureCalls());
  });
  const of = (request: string) => figures.find((one) => one.request === request)!;

  it("is counted for every route of the API", async () => {
    const measured = figures.map(({ request }) => request.split(",")[0]!);
    expect(new Set(measured.filter((name) => !name.startsWith("page ")))).toEqual(
      new Set(await routeNames()),
    );
    expect(measured.filter((name) => name.startsWith("page ")).length).toBeGreaterThan(10);
  });

  it("is no more round trips to the table than each has its budget for, and no Scan", () => {
    const over = figures.filter(({ request, table }) => table > roundTripsOf(request));
    expect(over).toEqual([]);
    expect(figures.filter(({ scans }) => scans > 0)).toEqual([]);
  });

  it("is one round trip for the caller check, four for a sign-in with its trigger, three for asking for a link", () => {
    expect(of("getMe").table).toBe(1);
    expect(of("signIn").table).toBe(4);
    expect(of("requestPasswordLink").table).toBe(3);
  });

  it("is two more than the caller check for creating a user, and one more for a page of users", () => {
    expect(of("createUser").table).toBe(1 + 2);
    expect(of("listUsers").table).toBe(1 + 1);
  });

  it("is the same for login names that nobody has, that can be none, and of accounts that have ended", () => {
    const refused = of("signIn, wrong password").table;
    expect(of("signIn, ended account")).toMatchObject({ table: refused, cognito: 1 });
    for (const name of ["unknown name", "what can be no name"]) {
      expect(of(`signIn, ${name}`)).toMatchObject({ table: refused, cognito: 1 });
      expect(of(`requestPasswordLink, ${name}`).table).toBe(of("requestPasswordLink").table);
    }
  });

  it("is one call to Cognito for a sign-in, and none for a deletion", () => {
    expect(of("deleteUser").cognito).toBe(0);
    expect(of("signIn").cognito).toBe(budgets.cognitoCallsPerSignIn);
  });

  it("is no further call to Cognito in a new container", () => {
    const once = figures.flatMap(({ onceMore }) => onceMore);
    expect(once.filter((operation) => /^(?:Admin|Describe)/.test(operation))).toEqual([]);
  });

  it("is what docs/cost.md reckons with, in round trips and units", () => {
    for (const { request, roundTrips, readUnits, writeUnits } of reckonedRequests()) {
      const counted = of(request);
      expect(counted.table, request).toBeLessThanOrEqual(roundTrips);
      expect(counted.readUnits, request).toBeLessThanOrEqual(readUnits);
      expect(counted.writeUnits, request).toBeLessThanOrEqual(writeUnits);
    }
  });

  it("is a kilobyte of logs at most", () => {
    for (const { request, logBytes } of figures) {
      // Pages that go well log nothing of their own.
      if (!request.startsWith("page ")) expect(logBytes, request).toBeGreaterThan(0);
      expect(logBytes, request).toBeLessThanOrEqual(budgets.logBytesPerRequest);
    }
  });
});

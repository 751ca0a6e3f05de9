import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../infra/config.ts";
import { functions, resources, synthesised, type Found } from "./template.ts";

const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> };
const { production, dev, acceptance } = synthesised;

const reserved = ({ Properties }: Found) =>
  (Properties["ReservedConcurrentExecutions"] as number | undefined) ?? 0;

/** Lambda's default quota of containers for an account and region, and what it leaves to other functions. */
const [ofTheAccount, unreserved] = [1_000, 100];

describe("containers", () => {
  it("are reserved in production, for signing in and as a ceiling for mail, and leave most to requests", () => {
    const all = functions(production);
    expect(reserved(all.get("identity-token")!)).toBeGreaterThan(0);
    expect(reserved(all.get("send-mail")!)).toBeGreaterThan(0);
    const sum = [...all.values()].reduce((total, one) => total + reserved(one), 0);
    expect(sum).toBeLessThanOrEqual(ofTheAccount - unreserved);
  });

  it("are reserved nowhere else, since a new account has 10 in all", () => {
    for (const stage of [dev, acceptance]) {
      expect([...functions(stage).values()].filter((one) => reserved(one) > 0)).toEqual([]);
    }
  });

  it("are at most eight for mail where none are reserved, on a table of four shards", () => {
    const [mapping] = resources(production.app, "AWS::Lambda::EventSourceMapping");
    expect(4 * Number(mapping?.Properties["ParallelizationFactor"])).toBeLessThanOrEqual(8);
  });

  it.each([
    [{ "send-mail": 0 }, /^reservedConcurrency\.send-mail: 0 is not allowed; allowed: a whole number from 1/],
    [{ meta: 5 }, /^reservedConcurrency\.meta: .* allowed: identity-token, send-mail, /],
    ['{"send-mail":500,"identity-token":500}', /^reservedConcurrency: 1000 in all is not allowed/],
  ])("%j is refused with a sentence", (reservedConcurrency, message) => {
    expect(() => readConfiguration({ ...context, reservedConcurrency })).toThrow(message);
  });
});

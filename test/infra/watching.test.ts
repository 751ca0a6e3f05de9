import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { measurements } from "../../shared/domain/measurements.ts";
import { tablesOf } from "../support/cost-table.ts";
import { functions, list, production, referred, resource, resources } from "./template.ts";

const { data, app } = production;
const alarms = [data, app].flatMap((template) => resources(template, "AWS::CloudWatch::Alarm"));
const watched = (metric: string) =>
  alarms.filter(({ Properties }) => JSON.stringify(Properties).includes(`"${metric}"`));

describe("alarms", () => {
  it.each(alarms)("$path says what it means and names its runbook, which is there", ({ Properties }) => {
    const [, meaning = "", runbook = ""] =
      /^(.+\.) Runbook: (docs\/runbooks\/[a-z-]+\.md)$/.exec(String(Properties["AlarmDescription"])) ?? [];
    expect(meaning.length).toBeGreaterThan(20);
    expect(existsSync(runbook), runbook).toBe(true);
    const text = readFileSync(runbook, "utf8");
    for (const heading of ["## What it means", "## What to do"]) expect(text).toContain(heading);
  });

  it.each(alarms)("$path reaches a person", ({ Properties }) => {
    expect(list(Properties["AlarmActions"])).toHaveLength(1);
  });

  it.each([
    ["server errors of the API", "5XXError"],
    ["failing functions", "Errors"],
    ["dead letters", "ApproximateNumberOfMessagesVisible"],
    ["mail that waits", "IteratorAge"],
    ["the oldest mail, whatever keeps it", "OldestMail"],
    ["damaged mail", "MailsSetAside"],
    ["the last contract manager, whom nobody could replace", "JobAccountsKept"],
    ["refused mail", "MailsRefused"],
    ["functions that are turned away", "Throttles"],
    ["reads that are turned away", "ReadThrottleEvents"],
    ["writes that are turned away", "WriteThrottleEvents"],
    ["bounces", "Reputation.BounceRate"],
    ["complaints", "Reputation.ComplaintRate"],
  ])("watch over %s", (_, metric) => {
    expect(watched(metric)).not.toEqual([]);
  });

  const scheduled = resources(app, "AWS::Events::Rule").flatMap(({ Properties }) =>
    list(Properties["Targets"] as { Arn: unknown }[]).map(({ Arn }) => referred(Arn)),
  );
  const jobs = [...functions(production)].filter(([, { logicalId }]) => scheduled.includes(logicalId));

  it.each(jobs)("notice that %s was missed, or could not do everything", (name, { logicalId }) => {
    const own = (metric: string) =>
      watched(metric)
        .map(({ Properties }) => Properties)
        .filter((one) => {
          const text = JSON.stringify(one["Dimensions"]);
          return text.includes(`"${logicalId}"`) || text.includes(`"${name}"`);
        });
    expect(own("Invocations")).toMatchObject([
      { TreatMissingData: "breaching", ComparisonOperator: "LessThanThreshold", Period: 86_400 },
    ]);
    expect(own("JobEntriesFailed")).toMatchObject([{ Threshold: 1 }]);
  });
});

it("there are no more alarms, firewalls and rules than docs/cost.md counts", () => {
  const [, , , perStage = []] = tablesOf(readFileSync("docs/cost.md", "utf8"));
  const reckoned = (what: string) => Number(perStage.find(([name]) => name === what)?.[1]);
  const firewalls = [data, app].flatMap((template) => resources(template, "AWS::WAFv2::WebACL"));
  const rules = firewalls.flatMap(({ Properties }) => list(Properties["Rules"] as unknown[]));
  expect(alarms.length).toBeLessThanOrEqual(reckoned("CloudWatch, alarms"));
  expect(firewalls).toHaveLength(reckoned("WAF, firewalls"));
  expect(rules).toHaveLength(reckoned("WAF, rules"));
});

it("every runbook begins with its title", () => {
  for (const name of readdirSync("docs/runbooks")) {
    expect(readFileSync(join("docs/runbooks", name), "utf8")).toMatch(/^# .+\n/);
  }
});

it("one dashboard shows everything that is measured, and the alarms", () => {
  const body = JSON.stringify(resource(app, "AWS::CloudWatch::Dashboard").Properties["DashboardBody"]);
  for (const name of Object.keys(measurements)) expect(body).toContain(name);
  for (const { logicalId } of resources(app, "AWS::CloudWatch::Alarm")) expect(body).toContain(logicalId);
});

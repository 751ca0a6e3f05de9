import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { days } from "../../support/bad-days.ts";
import { tablesOf } from "../../support/cost-table.ts";

const section = /## When a service has a bad day\n(.*?)\n## /s.exec(
  readFileSync("docs/operations.md", "utf8"),
)?.[1];
const [rows = []] = tablesOf(section ?? "");

it("docs/operations.md tells of every trouble that there is, what users get, and which alarms go off", () => {
  const told = rows.map(([name = "", got = "", , alarms = ""]) => ({
    name: name.replaceAll("`", ""),
    refusals: [...new Set(got.match(/\b[45]\d\d\b/g) ?? [])],
    alarms: [...alarms.matchAll(/\(runbooks\/([a-z-]+)\.md\)/g)].map(([, runbook]) => runbook),
  }));
  const expected = Object.entries(days).map(([name, { alarms, ...answers }]) => ({
    name,
    refusals: [...new Set(Object.values(answers).flatMap((one) => one.match(/^\d{3}/)?.[0] ?? []))],
    alarms,
  }));
  expect(told).toEqual(expected);
});

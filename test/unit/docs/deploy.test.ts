import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checks } from "../../../infra/operations/smoke/checks.ts";
import { tablesOf } from "../../support/cost-table.ts";

const [, section = ""] = readFileSync("docs/deploy.md", "utf8").split(
  "## To confirm at the first deployment",
);
const [rows = []] = tablesOf(section);

it("docs/deploy.md names every check of npm run smoke, in its order", () => {
  const named = rows.map(([, name = ""]) => name.replaceAll("`", ""));
  expect(named).toEqual(checks.map(({ name }) => name));
  expect(new Set(named).size).toBe(named.length);
});

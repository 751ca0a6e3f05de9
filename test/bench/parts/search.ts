import { budgets } from "../budgets.ts";
import { BetterAuth } from "../better-auth.ts";
import { Administration } from "../../integration/operations/users/administration.ts";
import type { TestTables } from "../../support/dynamodb.ts";
import type { Findings, Part } from "../report.ts";
import { largeOrganisation, measuredList, measureLists, type ListName, type ListTimes } from "../search.ts";
import { median } from "../statistics.ts";

const sizes = [100, 1_000, 10_000];
const times = 101;
const name = "Çelik";

/** The budgets are for an organisation of this size (DESIGN §7). */
const budgetedSize = 10_000;

/** Lists of users by the size of the organisation, next to better-auth's search on SQLite. */
export const search: Part = {
  title: "search, sort and page, caller check included",
  run: async (findings) => {
    const found: Record<ListName, ListTimes>[] = [];
    for (const size of sizes) {
      findings.progress(`an organisation of ${size}`);
      found.push(await measureSize(size, findings));
    }
    findings.note("How p50 grows from each size to the one ten times as large:");
    for (const list of Object.keys(found[0]!) as ListName[]) {
      const growth = found.slice(1).map((one, index) => one[list].p50 / found[index]![list].p50);
      findings.note(`  ${list}: ${growth.map((value) => `× ${value.toFixed(2)}`).join(", ")}`);
    }
  },
};

async function measureSize(size: number, { figure }: Findings): Promise<Record<ListName, ListTimes>> {
  const organisation = await largeOrganisation(size);
  const other = await BetterAuth.with(organisation.people);
  const sql: number[] = [];
  const compare = async () => {
    const began = performance.now();
    await other.search(name);
    sql.push(performance.now() - began);
  };
  try {
    await measureFirst(size, organisation.tables, { figure });
    const lists = await measureLists(organisation.tables, times, compare);
    for (const [what, one] of Object.entries(lists)) {
      const at = `${what} ${of(size)}`;
      figure({ what: at, value: one.calls, unit: "calls", budget: budgets.search.calls });
      figure({ what: `${at}, p50`, value: one.p50, unit: "ms", kind: "time" });
      figure({ what: `${at}, p95`, value: one.p95, unit: "ms", kind: "time" });
      figure({ what: at, value: one.units, unit: "read units" });
    }
    const theirs = median(sql);
    const ratio = lists["search for a name"].p50 / theirs;
    const limit = size === budgetedSize ? { budget: budgets.search.timesSql } : {};
    figure({ what: `better-auth's search ${of(size)}, p50`, value: theirs, unit: "ms", kind: "time" });
    figure({ what: `ours to better-auth's ${of(size)}`, value: ratio, unit: "×", kind: "time", ...limit });
    return lists;
  } finally {
    other.close();
    await organisation.stop();
  }
}

/** The search with which a container gets to know the organisation. */
async function measureFirst(
  size: number,
  tables: TestTables,
  { figure }: Pick<Findings, "figure">,
): Promise<void> {
  const first = await measuredList(new Administration(tables), { search: "celik", limit: 25 });
  // Besides these, the first container of an installation makes the secret of cursors.
  const directory = first.calls.filter((call) => call === "Query" || call === "BatchGetItem");
  const what = `a container's first search ${of(size)}`;
  figure({ what, value: directory.length, unit: "calls", budget: budgets.search.firstCalls });
  const limit = size === budgetedSize ? { budget: budgets.search.unitsPerUser } : {};
  figure({ what: `${what}, for each user`, value: first.units / size, unit: "read units", ...limit });
}

const of = (size: number) => `of ${size.toLocaleString("en")}`;

import { budgets } from "../budgets.ts";
import { BetterAuth } from "../better-auth.ts";
import { Administration } from "../../integration/users/administration.ts";
import type { Part } from "../report.ts";
import { largeOrganisation, measuredList, measureLists, type ListName, type ListTimes } from "../search.ts";
import { median } from "../statistics.ts";

const sizes = [100, 1_000, 10_000];
const times = 101;
const name = "Çelik";

/** Lists of users by the size of the organisation, next to better-auth's search on SQLite. */
export const search: Part = {
  title: "search, sort and page, caller check included",
  run: async ({ figure, note, progress }) => {
    const found = new Map<number, Record<ListName, ListTimes>>();
    for (const size of sizes) {
      progress(`an organisation of ${size}`);
      const organisation = await largeOrganisation(size);
      const other = await BetterAuth.with(organisation.people);
      const sql: number[] = [];
      const compare = async () => {
        const began = performance.now();
        await other.search(name);
        sql.push(performance.now() - began);
      };
      try {
        const first = await measuredList(new Administration(organisation.tables), {
          search: "celik",
          limit: 25,
        });
        const directory = first.calls.filter((call) => call === "Query" || call === "BatchGetItem");
        const at = `of ${size.toLocaleString("en")}`;
        const { calls, unitsPerUser, timesSql } = budgets.search;
        figure({
          what: `a container's first search ${at}`,
          value: directory.length,
          unit: "calls",
          budget: calls,
        });
        if (size === sizes.at(-1)) {
          const value = first.units / size;
          figure({ what: "the same, for each user", value, unit: "read units", budget: unitsPerUser });
        }
        const lists = await measureLists(organisation.tables, times, compare);
        found.set(size, lists);
        for (const [what, one] of Object.entries(lists)) {
          figure({ what: `${what} ${at}`, value: one.calls, unit: "calls", budget: calls });
          figure({ what: `${what} ${at}, p50`, value: one.p50, unit: "ms", kind: "time" });
          figure({ what: `${what} ${at}, p95`, value: one.p95, unit: "ms", kind: "time" });
          figure({ what: `${what} ${at}`, value: one.units, unit: "read units" });
        }
        const theirs = median(sql);
        figure({
          what: `better-auth, search for a name ${at}, p50`,
          value: theirs,
          unit: "ms",
          kind: "time",
        });
        const ratio = lists["search for a name"].p50 / theirs;
        figure({
          what: `ours to better-auth's ${at}`,
          value: ratio,
          unit: "×",
          budget: timesSql,
          kind: "time",
        });
      } finally {
        other.close();
        await organisation.stop();
      }
    }
    const growth = (list: ListName) =>
      sizes.slice(1).map((size, index) => found.get(size)![list].p50 / found.get(sizes[index]!)![list].p50);
    note("How p50 grows from each size to the one ten times as large:");
    for (const list of Object.keys(found.get(100)!) as ListName[]) {
      note(
        `  ${list}: ${growth(list)
          .map((value) => `× ${value.toFixed(2)}`)
          .join(", ")}`,
      );
    }
  },
};

import { budgets, roundTripsOf } from "../budgets.ts";
import { measureCalls, type CallFigures } from "../calls.ts";
import type { Part } from "../report.ts";
import { sum } from "../statistics.ts";

/** The calls to services of every request. */
export const calls: Part = {
  title: "round trips of every request, its function being warm",
  run: async ({ figure, note, progress }) => {
    progress("starting the local stack");
    const { figures } = await measureCalls(progress);
    for (const { request, table, cognito } of figures) {
      const also = cognito === 0 ? "" : ` and ${cognito} to Cognito`;
      figure({ what: request, value: table, unit: `to the tables${also}`, budget: roundTripsOf(request) });
    }
    const signIn = figures.find(({ request }) => request === "signIn");
    const unit = "calls";
    figure({
      what: "Cognito in a sign-in",
      value: signIn?.cognito ?? NaN,
      unit,
      budget: budgets.cognitoCallsPerSignIn,
    });
    figure({
      what: "Scans, of all requests",
      value: sum(figures.map(({ scans }) => scans)),
      unit,
      budget: 0,
    });
    const logs = figures.toSorted((a, b) => b.logBytes - a.logBytes)[0]!;
    figure({
      ...{ what: `most logs of a request (${logs.request})`, value: logs.logBytes, unit: "bytes" },
      budget: budgets.logBytesPerRequest,
    });
    note("Units of the tables (read, write), bytes of logs, and what only a container's first request asks:");
    for (const one of figures) note(unitsOf(one));
  },
};

function unitsOf({ request, readUnits, writeUnits, logBytes, onceMore }: CallFigures): string {
  const first = onceMore.length > 0 ? `; once: ${onceMore.join(", ")}` : "";
  const numbers = [readUnits, writeUnits, logBytes].map((value) => String(value).padStart(6));
  return `  ${request.padEnd(42)}${numbers.join("")}${first}`;
}

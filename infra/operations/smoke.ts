import { findInstallation, run } from "./installation.ts";
import { readScriptOptions } from "./script.ts";
import { checks } from "./smoke/checks.ts";
import { readPlace } from "./smoke/place.ts";
import { lineOf, runChecks } from "./smoke/report.ts";

/*
 * npm run smoke
 * Checks a running installation (docs/deploy.md, "To confirm at the first deployment"). It changes nothing, so that
 * it can be stopped at any time and run against production.
 */

const script = {
  command: "npm run smoke",
  purpose:
    "Checks a running installation line by line, and says what a person has to look at. Changes nothing.",
  options: {},
  help: {},
} as const;

await run(async () => {
  const { values } = readScriptOptions(script, process.argv.slice(2));
  const { stage = null, state } = values;
  const place = await readPlace(await findInstallation(stage, state), { stage, state });
  const counts = { ok: 0, FAILED: 0, ask: 0, skipped: 0 };
  for await (const { name, outcome } of runChecks(checks, place)) {
    counts[outcome.result] += 1;
    console.log(lineOf(name, outcome));
  }
  console.log(
    `${counts.ok} ok, ${counts.FAILED} failed, ${counts.ask} to ask a person, ${counts.skipped} skipped`,
  );
  return counts.FAILED === 0 ? 0 : 1;
});

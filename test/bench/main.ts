import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { buildFolder } from "../../infra/build.ts";
import { calls } from "./parts/calls.ts";
import { cold } from "./parts/cold.ts";
import { faults } from "./parts/faults.ts";
import { jobs } from "./parts/jobs.ts";
import { load } from "./parts/load.ts";
import { search } from "./parts/search.ts";
import { missedAmong, table, type Figure, type Part, type PartReport } from "./report.ts";

/*
 * `npm run bench`: measures what DESIGN §7 gives a budget to, all of it or the parts that are named. Ends with 1 if
 * a count is over its budget; a time that is over it is a warning, since it is this machine's as much as ours.
 */

const parts: Readonly<Record<string, Part>> = { cold, calls, jobs, search, load, faults };
const usage = `npm run bench -- [${Object.keys(parts).join("] [")}] [--seed <number>] [--out <file>]`;

// The functions' own logs belong to what is measured in them, and not on this screen.
process.env["POWERTOOLS_LOG_LEVEL"] = "SILENT";
process.env["AWS_REGION"] ??= "eu-west-1";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "20261125" },
    out: { type: "string", default: join(buildFolder, "bench.json") },
  },
});
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0 || !/^\d+$/.test(values.seed)) {
  console.error(`There is no part ${unknown.join(", ")}: ${usage}`);
  process.exit(2);
}

const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
const reports: PartReport[] = [];
for (const name of chosen) reports.push(await runPart(name, parts[name]!, Number(values.seed)));
save(values.out);
process.exitCode = conclude();

async function runPart(name: string, { title, run }: Part, seed: number): Promise<PartReport> {
  const figures: Figure[] = [];
  const notes: string[] = [];
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const progress = (what: string) => {
    const line = `${name}: ${what} (${seconds().toFixed(0)} s)`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${line}`);
    else process.stderr.write(`${line}\n`);
  };
  await run({
    figure: ({ kind = "count", ...rest }) => figures.push({ ...rest, kind }),
    note: (line) => notes.push(line),
    progress,
    seed,
  });
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
  const report = { part: name, title, seconds: seconds(), figures, notes };
  console.log(table(report));
  return report;
}

function save(file: string): void {
  const machine = {
    ...{ platform: platform(), arch: arch(), node: process.version },
    ...{ processors: cpus().length, model: cpus()[0]?.model, load: loadavg() },
  };
  mkdirSync(dirname(file), { recursive: true });
  const content = { at: new Date().toISOString(), seed: Number(values.seed), machine, parts: reports };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  console.log(`\nAll figures: ${relative(process.cwd(), file)}`);
}

function conclude(): number {
  const [counts, times] = [missedAmong(reports, "count"), missedAmong(reports, "time")];
  for (const what of times) console.log(`Warning, a time over its budget: ${what}`);
  for (const what of counts) console.log(`MISSED, a count over its budget: ${what}`);
  if (counts.length === 0) console.log("All counts are within their budgets.");
  return counts.length === 0 ? 0 : 1;
}

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildFolder } from "../../../infra/build.ts";
import { budgets } from "../budgets.ts";
import type { Part } from "../report.ts";
import { median } from "../statistics.ts";
import { synthesisedFunctions, type SynthesisedFunction } from "../synthesised.ts";

const rounds = 15;

interface Program {
  readonly name: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly milliseconds: number[];
}

/** How long a fresh process takes to load a function, next to one that loads an empty handler. */
export const init: Part = {
  title: "init of each bundle, fresh processes, as a multiple of an empty handler's",
  run: async ({ figure, progress }) => {
    progress("building");
    const folder = mkdtempSync(join(tmpdir(), "portero-init-"));
    try {
      const [empty, ...programs] = programsFor(await synthesisedFunctions(), folder);
      // One after the other in each round, so that whatever the machine does meanwhile meets all of them.
      for (let round = 1; round <= rounds; round += 1) {
        progress(`round ${round} of ${rounds}`);
        for (const program of [empty!, ...programs]) program.milliseconds.push(timed(program));
      }
      const base = median(empty!.milliseconds);
      figure({ what: "empty handler, median", value: base, unit: "ms", kind: "time" });
      for (const { name, milliseconds } of programs) {
        const budget = name.includes(" with ") ? {} : { budget: budgets.init };
        figure({ what: name, value: median(milliseconds) / base, unit: "×", kind: "time", ...budget });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** An empty handler, then each function, as it is loaded and with what its first request loads besides. */
function programsFor(functions: readonly SynthesisedFunction[], folder: string): Program[] {
  const write = (name: string, code: string, environment: Program["environment"]): Program => {
    const file = join(folder, `${name.replaceAll(/\W/g, "-")}.mjs`);
    writeFileSync(file, code);
    return { name, file, environment, milliseconds: [] };
  };
  const all = functions.flatMap(({ name, environment }) => {
    const files = readdirSync(join(buildFolder, name)).filter((file) =>
      /^(?:index|wiring-.*)\.mjs$/.test(file),
    );
    const [index, wiring] = files.sort().map((file) => pathToFileURL(join(buildFolder, name, file)).href);
    const loading = `await import(${JSON.stringify(index)});\n`;
    const more = `${loading}await import(${JSON.stringify(wiring)});\n`;
    const programs = [write(name, loading, environment)];
    if (wiring !== undefined)
      programs.push(write(`${name}, with its first request's code`, more, environment));
    return programs;
  });
  return [write("empty", "export const handler = () => Promise.resolve();\n", {}), ...all];
}

function timed({ name, file, environment }: Program): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], {
    env: { ...environment },
    encoding: "utf8",
  });
  const milliseconds = performance.now() - began;
  if (status !== 0) throw new Error(`${name} does not load: ${stderr}`);
  return milliseconds;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Metafile } from "esbuild";
import { buildFolder, filesAtInit } from "../../../infra/build.ts";
import { budgets } from "../budgets.ts";
import type { Part } from "../report.ts";
import { sum } from "../statistics.ts";
import { synthesisedFunctions } from "../synthesised.ts";

const mostNamed = 5;

/** What each function's code weighs, and what it is made of. */
export const sizes: Part = {
  title: "code of each function",
  run: async ({ figure, note, progress }) => {
    progress("building");
    const names = (await synthesisedFunctions()).map(({ name }) => name).sort();
    note("Largest contributors to what is loaded at init, in bytes:");
    for (const name of names) {
      const metafile = metafileOf(name);
      const atInit = filesAtInit(metafile);
      const bytes = (paths: Iterable<string>) => sum([...paths].map((path) => metafile.outputs[path]!.bytes));
      const compressed = sum([...atInit].map((path) => gzipSync(codeIn(path)).length));
      const all = Object.keys(metafile.outputs);
      figure({ what: `${name}, at init`, value: bytes(atInit), unit: "bytes", budget: budgets.code.atInit });
      figure({ what: `${name}, at init, compressed`, value: compressed, unit: "bytes" });
      figure({ what: `${name}, in all`, value: bytes(all), unit: "bytes", budget: budgets.code.inAll });
      const largest = contributors(metafile, atInit).slice(0, mostNamed);
      note(`  ${name}: ${largest.map(([part, size]) => `${part} ${size.toLocaleString("en")}`).join(", ")}`);
    }
  },
};

function metafileOf(name: string): Metafile {
  return JSON.parse(readFileSync(join(buildFolder, `${name}.meta.json`), "utf8")) as Metafile;
}

/** Output paths are relative to the project. */
const codeIn = (path: string) => readFileSync(join(buildFolder, "..", path));

/** Bytes by package, or by folder of ours, the largest first. */
function contributors({ outputs }: Metafile, files: Iterable<string>): [part: string, bytes: number][] {
  const parts = new Map<string, number>();
  for (const file of files) {
    for (const [path, { bytesInOutput }] of Object.entries(outputs[file]!.inputs)) {
      const part = partOf(path);
      parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
    }
  }
  return [...parts].sort(([, a], [, b]) => b - a);
}

function partOf(path: string): string {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return installed ?? path.split("/").slice(0, 2).join("/");
}

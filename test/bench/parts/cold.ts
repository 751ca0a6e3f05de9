import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import {
  buildFolder,
  bundleBudget,
  functionNames,
  measureBundle,
  mostInAll,
} from "../../../infra/build/build-functions.ts";
import { budgets } from "../budgets.ts";
import { Programs, type Program } from "../cold/programs.ts";
import { World } from "../cold/world.ts";
import type { Findings, Part } from "../report.ts";
import { median } from "../statistics.ts";

const rounds = 15;

/** Megabytes of memory with which Lambda gives a function a whole processor. */
const wholeProcessor = 1769;

interface Measured {
  readonly program: Program;
  /** Processor time of each cold start, in microseconds. */
  readonly samples: { readonly init: number; readonly request: number }[];
}

/** The processor time of whole cold starts, and the code that they load. */
export const cold: Part = {
  title: "cold start with one request, processor time as a multiple of an empty handler's",
  run: async (findings) => {
    const programs = await Programs.start();
    try {
      const empty = measurable(programs.addEmpty());
      const functions = (await record(programs, findings)).map(measurable);
      await measure(programs, [empty, ...functions], findings);
      report(empty, functions, findings);
    } finally {
      await programs.stop();
    }
  },
};

const measurable = (program: Program): Measured => ({ program, samples: [] });

async function record(programs: Programs, { progress }: Findings): Promise<Program[]> {
  progress("starting the local stack");
  const world = await World.start();
  try {
    const recorded: Program[] = [];
    for (const name of functionNames()) {
      progress(`recording what ${name} asks`);
      recorded.push(await programs.addFunction(name, world));
    }
    return recorded;
  } finally {
    await world.stop();
  }
}

/** Each round starts every function once, so that a change in the machine's speed meets all of them. */
async function measure(programs: Programs, all: readonly Measured[], { progress }: Findings): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    for (const { program, samples } of all) samples.push(await programs.run(program));
  }
}

function report(empty: Measured, functions: readonly Measured[], { figure, note }: Findings): void {
  figure({ what: "empty handler", value: processorTime(empty, 1), unit: "ms", kind: "time" });
  const time = { unit: "×", kind: "time" } as const;
  const title = ["processor time, ms", "init", "request", "share"];
  note([title[0]!.padEnd(nameWidth), ...title.slice(1).map((one) => one.padStart(8))].join(""));
  for (const measured of functions) {
    const { name } = measured.program;
    const share = shareOf(measured);
    const times = (of: number) => processorTime(measured, of) / processorTime(empty, of);
    const [weighted, unweighted] = budgetsOf(measured);
    figure({ what: name, value: times(share), ...weighted, ...time });
    figure({ what: `${name}, unweighted`, value: times(1), ...unweighted, ...time });
    note(lineOf(measured));
  }
  for (const { program } of functions) reportCode(program, figure);
}

/** The part of a processor that Lambda gives the function for a request; init has a whole one. */
const shareOf = ({ program }: Measured) => Math.min(1, program.memory / wholeProcessor);

/** Milliseconds: as long as a cold start takes with so large a part of a processor for its request. */
const processorTime = ({ samples }: Measured, share: number) =>
  median(samples.map(({ init, request }) => init + request / share)) / 1000;

/** The budgets of the weighted and of the unweighted time; each function has one of them. */
function budgetsOf({
  program: { name, sample },
}: Measured): readonly [{ budget?: number }, { budget?: number }] {
  const { request, trigger, background } = budgets.coldStart;
  if (name === "identity-token") return [{ budget: trigger }, {}];
  return sample.kind === "request" ? [{ budget: request }, {}] : [{}, { budget: background }];
}

const nameWidth = 24;

function lineOf(measured: Measured): string {
  const { program, samples } = measured;
  const numbers = [
    median(samples.map(({ init }) => init)) / 1000,
    median(samples.map(({ request }) => request)) / 1000,
  ].map((milliseconds) => milliseconds.toFixed(1).padStart(8));
  const share = shareOf(measured).toFixed(2).padStart(8);
  return `${program.name.padEnd(nameWidth)}${numbers.join("")}${share}  ${program.operations.join(", ")}`;
}

function reportCode({ name, bytesAfterInit }: Program, figure: Findings["figure"]): void {
  const metafile = JSON.parse(readFileSync(join(buildFolder, `${name}.meta.json`), "utf8")) as Metafile;
  const bundle = measureBundle(name, metafile);
  const unit = "bytes";
  figure({ what: `${name}, code in all`, value: bundle.inAll, budget: mostInAll(bundle), unit });
  const budget = Number.isFinite(bundleBudget.afterInit) ? { budget: bundleBudget.afterInit } : {};
  figure({ what: `${name}, code loaded by the request`, value: bytesAfterInit, unit, ...budget });
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceMapsOf } from "../../infra/build/build-functions.ts";
import { sum } from "./statistics.ts";

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** A processor profile as V8 writes it. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  /** Microseconds between a sample and the one before it. */
  readonly timeDeltas: readonly number[];
}

export function keepProfile(file: string, profile: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, profile);
}

const project = dirname(dirname(import.meta.dirname));
const waiting = new Set(["(idle)", "(root)"]);

export interface ReadProfile {
  /** Time per function of the source, the longest first. */
  readonly entries: readonly string[];
  /** Time per owner of the code, in words. */
  readonly shares: string;
  readonly microseconds: { readonly ours: number; readonly all: number };
}

/**
 * Where a function spends its time; waiting aside.
 * @param name of the bundle that the profile is of
 */
export async function readProfile(name: string, profile: CpuProfile): Promise<ReadProfile> {
  const maps = new Map([...(await sourceMapsOf(name))].map(([code, map]) => [withoutHashes(code), map]));
  const places = new Map<number, string>();
  const sources = new Map<string, SourceMap | null>();
  for (const { id, callFrame } of profile.nodes) places.set(id, placeOf(callFrame, maps, sources));
  const times = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const place = places.get(id) ?? "";
    if (!waiting.has(place)) times.set(place, (times.get(place) ?? 0) + (profile.timeDeltas[index] ?? 0));
  }
  const all = sum([...times.values()]);
  const percent = (time: number) => `${((100 * time) / all).toFixed(1)} %`;
  const of = (whose: Whose) => sum([...times].map(([place, time]) => (whoseIs(place) === whose ? time : 0)));
  const parts = (["ours", "packages", "Node and V8"] as const).map(
    (whose) => `${whose} ${percent(of(whose))}`,
  );
  return {
    entries: [...times]
      .sort(([, a], [, b]) => b - a)
      .map(([place, time]) => `${percent(time).padStart(9)}  ${place}`),
    shares: `of its time: ${parts.join(", ")}`,
    microseconds: { ours: of("ours"), all },
  };
}

type Whose = "ours" | "packages" | "Node and V8";

function whoseIs(place: string): Whose {
  if (/\((?:functions|shared)\//.test(place)) return "ours";
  return /\((?!node:|program|garbage)[^)]*\.(?:[cm]?js|tsx?)\b/.test(place) ? "packages" : "Node and V8";
}

/** Parts of a bundle are named after their content, source map and all; the names are as long. */
const withoutHashes = (code: string) => code.replaceAll(/-[A-Z0-9]{8}\.mjs/g, ".mjs");

function placeOf(
  { functionName, url, lineNumber, columnNumber }: CallFrame,
  maps: ReadonlyMap<string, string>,
  sources: Map<string, SourceMap | null>,
): string {
  if (!url.startsWith("file:")) return url === "" ? functionName : `${functionName} (${url})`;
  const file = fileURLToPath(url);
  if (!sources.has(file)) {
    const map = maps.get(withoutHashes(readFileSync(file, "utf8")));
    sources.set(file, map === undefined ? null : new SourceMap(JSON.parse(map) as SourceMapPayload));
  }
  const entry = sources.get(file)?.findEntry(lineNumber, columnNumber);
  if (!entry || !("originalSource" in entry))
    return `${functionName || "anonymous"} (${relative(project, file)})`;
  const source = entry.originalSource
    .split(sep)
    .join("/")
    .replace(/^(?:\.\.\/)+/, "");
  const line = source.includes("node_modules") ? "" : `:${entry.originalLine + 1}`;
  return `${functionOf((entry as { name?: string }).name, functionName)} (${source.replace(/.*node_modules\//, "")}${line})`;
}

/** Minified names say nothing; one or two letters are all that is left of them. */
function functionOf(original: string | undefined, minified: string): string {
  if (original) return original;
  return minified.length > 2 ? minified : "anonymous";
}

import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build, type BuildFailure, type BuildOptions, type Metafile, type OutputFile } from "esbuild";
import { builtinsAsTheyAre } from "./builtins-as-they-are.ts";
import { slimSdk } from "./slim-sdk.ts";

const root = join(import.meta.dirname, "..", "..");
const functionsFolder = join(root, "functions");

/** The folder for bundles: `build/<function>/` is one function's asset. */
export const buildFolder = join(root, "build");

/** Files of packages that a module opens when it runs; they are copied beside the bundle, under the same path. */
const openedWhenRun: readonly { readonly by: string; readonly files: readonly string[] }[] = [
  {
    by: "/letters/fonts.ts",
    files: [
      "node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf",
      "node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf",
    ],
  },
];

/** How much code a function may have, in bytes (DESIGN §7, Budgets). */
export const bundleBudget = {
  inAll: 650_000,
  inAllWithLargeLibrary: 1_700_000,
  /** Everything that a request needs is loaded at init (docs/adr/0004). */
  afterInit: 0,
};

/** Libraries that are not written by hand to save their bytes. */
const largeLibraries = /node_modules\/(?:pdfkit|oidc-provider)\//;

/** Few requests make a PDF, so its library is loaded by those that do. */
const loadedWhenUsed = /node_modules\/pdfkit\//;

export interface Bundle {
  readonly name: string;
  /** Bytes of code in all. */
  readonly inAll: number;
  /** Bytes of code that requests load themselves, the library for PDF not counted. */
  readonly afterInit: number;
  readonly hasLargeLibrary: boolean;
}

/** The code could not be bundled, or is over its budget; the message is for the developer. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** The folders of functions/, each of which is one function. */
export function functionNames(): string[] {
  return readdirSync(functionsFolder)
    .filter((name) => existsSync(join(functionsFolder, name, "handler.ts")))
    .sort();
}

/**
 * Bundles every function into `build/<function>/`, for the cloud and for one machine: `index.mjs`, and beside it the
 * parts that it loads later.
 * @param beside files that stand beside a function's code, by function and file name
 * @throws BuildError if code does not compile or a bundle is over its budget
 */
export async function buildFunctions(
  beside: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<Bundle[]> {
  const outputs = [...(await bundle(functionNames()))];
  const bundles = await Promise.all(
    outputs.map(([name, output]) => writeFunction(name, output, beside[name] ?? {})),
  );
  requireWithinBudget(bundles);
  return bundles;
}

/** How many bytes of code a function may have in all. */
export const mostInAll = ({ hasLargeLibrary }: Pick<Bundle, "hasLargeLibrary">): number =>
  hasLargeLibrary ? bundleBudget.inAllWithLargeLibrary : bundleBudget.inAll;

/** @throws BuildError naming the functions whose code is over its budget */
export function requireWithinBudget(bundles: readonly Bundle[]): void {
  const faults = bundles.flatMap((one) => [
    ...(one.inAll > mostInAll(one) ? [`${one.name} has ${one.inAll} bytes of ${mostInAll(one)}`] : []),
    ...(one.afterInit > bundleBudget.afterInit
      ? [`${one.name} loads ${one.afterInit} bytes after init`]
      : []),
  ]);
  if (faults.length > 0) throw new BuildError(`Code over its budget: ${faults.join(", ")}.`);
}

/** The sizes of all functions' code, as a table for people. */
export function sizeTable(bundles: readonly Bundle[]): string {
  const rows = bundles.map((one) => [
    one.name,
    String(one.inAll),
    `${Math.ceil((100 * one.inAll) / mostInAll(one))} %`,
    String(one.afterInit),
  ]);
  return [["function", "bytes in all", "of budget", "after init"], ...rows]
    .map(([name = "", ...numbers]) => name.padEnd(20) + numbers.map((one) => one.padStart(14)).join(""))
    .join("\n");
}

async function writeFunction(
  name: string,
  { code, metafile }: Output,
  beside: Readonly<Record<string, string>>,
): Promise<Bundle> {
  const folder = join(buildFolder, name);
  const files = new Map<string, string | Uint8Array>([
    ...code,
    ...Object.entries(beside),
    ...(await assetsOf(name)),
    ...(await openedBy(metafile)),
  ]);
  await Promise.all([...files].map(([path, content]) => writeIfChanged(join(folder, path), content)));
  await removeOthers(folder, files);
  await writeIfChanged(join(buildFolder, `${name}.meta.json`), JSON.stringify(metafile));
  return measureBundle(name, metafile);
}

/** The bundle of one function. */
interface Output {
  /** Files by their path in the function's folder. */
  readonly code: ReadonlyMap<string, Uint8Array>;
  /** esbuild's description of this function's files and modules. */
  readonly metafile: Metafile;
}

/** The source maps of a function's code, each by the code that it is for. */
export async function sourceMapsOf(name: string): Promise<ReadonlyMap<string, string>> {
  const output = (await bundle([name], { sourcemap: "external" })).get(name);
  const text = (path: string) => Buffer.from(output?.code.get(path) ?? []).toString("utf8");
  const maps = [...(output?.code.keys() ?? [])].filter((path) => path.endsWith(".map"));
  return new Map(maps.map((path) => [text(path.slice(0, -".map".length)), text(path)]));
}

type Options = Pick<BuildOptions, "sourcemap" | "splitting" | "chunkNames">;

/**
 * Bundles functions in one call, in which esbuild reads each module once: 2.5 s for all, where a call for each takes
 * more than 5 s. A function that loads a part later is bundled again by itself, since a call that splits code shares
 * the parts among all functions.
 */
async function bundle(names: readonly string[], options: Options = {}): Promise<Map<string, Output>> {
  const bundles = await runEsbuild(names, options);
  const divided = names.filter((name) => loadsPartLater(bundles.get(name)?.metafile));
  const split = (name: string) =>
    runEsbuild([name], { ...options, splitting: true, chunkNames: `${name}/[name]-[hash]` });
  for (const again of await Promise.all(divided.map(split)))
    for (const [name, output] of again) bundles.set(name, output);
  return bundles;
}

function loadsPartLater(metafile: Metafile | undefined): boolean {
  const imports = Object.values(metafile?.inputs ?? {}).flatMap((input) => input.imports);
  return imports.some(({ kind, path }) => kind === "dynamic-import" && /^(?:functions|shared)\//.test(path));
}

async function runEsbuild(names: readonly string[], options: Options): Promise<Map<string, Output>> {
  try {
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/${name}/handler.ts`])),
      outdir: buildFolder,
      bundle: true,
      minify: true,
      platform: "node",
      target: "node24",
      format: "esm",
      outExtension: { ".js": ".mjs" },
      mainFields: ["module", "main"],
      charset: "utf8",
      legalComments: "none",
      jsx: "automatic",
      jsxImportSource: "preact",
      define: { "process.env.NODE_ENV": '"production"' },
      plugins: [slimSdk, builtinsAsTheyAre],
      metafile: true,
      write: false,
      logLevel: "silent",
      ...options,
    });
    return new Map(names.map((name) => [name, outputOf(name, outputFiles, metafile)]));
  } catch (error) {
    throw new BuildError(`The functions could not be bundled: ${firstMessage(error)}`);
  }
}

/** The part of a build that belongs to one function. */
function outputOf(name: string, files: readonly OutputFile[], { inputs, outputs }: Metafile): Output {
  const folder = join(buildFolder, name);
  const own = files.filter(({ path }) => path.startsWith(`${folder}/`));
  const paths = Object.keys(outputs).filter((path) => path.startsWith(`build/${name}/`));
  const modules = new Set(paths.flatMap((path) => Object.keys(outputs[path]?.inputs ?? {})));
  return {
    code: new Map(own.map(({ path, contents }) => [relative(folder, path), contents])),
    metafile: { inputs: pick(inputs, modules), outputs: pick(outputs, new Set(paths)) },
  };
}

function pick<T>(record: Readonly<Record<string, T>>, keys: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)));
}

/** @param metafile esbuild's account of what the function's code was made from */
export function measureBundle(name: string, metafile: Metafile): Bundle {
  const outputs = Object.entries(metafile.outputs);
  const bytes = (some: typeof outputs) => some.reduce((sum, [, output]) => sum + output.bytes, 0);
  const holds = (library: RegExp, [, { inputs }]: (typeof outputs)[number]) =>
    Object.keys(inputs).some((path) => library.test(path));
  const atInit = filesAtInit(metafile);
  const afterInit = outputs.filter((one) => !atInit.has(one[0]) && !holds(loadedWhenUsed, one));
  return {
    name,
    inAll: bytes(outputs),
    afterInit: bytes(afterInit),
    hasLargeLibrary: outputs.some((one) => holds(largeLibraries, one)),
  };
}

/** At init, the entry and all that it imports statically is loaded. */
function filesAtInit({ outputs }: Metafile): ReadonlySet<string> {
  const loaded = new Set<string>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    const imports = outputs[path]?.imports ?? [];
    for (const { kind, path: next } of imports)
      if (kind === "import-statement" && next in outputs) load(next);
  };
  Object.keys(outputs)
    .filter((path) => path.endsWith("/index.mjs"))
    .forEach(load);
  return loaded;
}

function firstMessage(error: unknown): string {
  const [first] = (error as Partial<BuildFailure>).errors ?? [];
  if (!first) return String(error);
  const { location, text } = first;
  return location ? `${text} (${location.file}:${location.line})` : text;
}

/** Files that a function serves as they are: style sheet and scripts, which `web` serves for all pages. */
async function assetsOf(name: string): Promise<[path: string, content: Uint8Array][]> {
  if (name !== "web") return [];
  const folder = join(root, "shared", "web", "kit", "assets");
  return Promise.all(
    (await filesIn(folder)).map(async (path) => [join("assets", path), await readFile(join(folder, path))]),
  );
}

/** The files that the modules of a bundle open when they run. */
async function openedBy({ inputs }: Metafile): Promise<[path: string, content: Uint8Array][]> {
  const modules = Object.keys(inputs);
  const opened = openedWhenRun.filter(({ by }) => modules.some((path) => path.endsWith(by)));
  const files = opened.flatMap((one) => one.files);
  return Promise.all(files.map(async (path) => [path, await readFile(join(root, path))]));
}

/** Writes a draft and renames it: several syntheses may run at a time, and they write the same files. */
async function writeIfChanged(path: string, content: string | Uint8Array): Promise<void> {
  const wanted = Buffer.from(content);
  if (existsSync(path) && wanted.equals(await readFile(path))) return;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  await writeFile(unfinished, wanted);
  await rename(unfinished, path);
}

/** Deletes files of earlier builds, which would be deployed with the others. */
async function removeOthers(folder: string, wanted: ReadonlyMap<string, unknown>): Promise<void> {
  const others = (await filesIn(folder)).filter((path) => !wanted.has(path) && !path.endsWith(".tmp"));
  await Promise.all(others.map((path) => rm(join(folder, path), { force: true })));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

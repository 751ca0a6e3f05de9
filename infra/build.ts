import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build, type BuildFailure, type BuildOptions, type Metafile } from "esbuild";
import { builtinsAsTheyAre } from "./builtins-as-they-are.ts";
import { BuildFiles } from "./build-record.ts";
import { slimSdk } from "./slim-sdk.ts";

const root = join(import.meta.dirname, "..");
const functionsFolder = join(root, "functions");

/** Where bundles stand: `build/<function>/`, each folder being one function's asset. */
export const buildFolder = join(root, "build");

/** What decides, besides a function's own code, what comes out. */
const tools = [
  ...["package.json", "package-lock.json", "tsconfig.json"],
  ...["infra/build.ts", "infra/build-record.ts", "infra/builtins-as-they-are.ts", "infra/slim-sdk.ts"],
];

/** Files of packages that a module opens when it runs, which stand beside the bundle as they do in this folder. */
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

/** The code could not be bundled, or came out too large; the message is for whoever wrote the code. */
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
 * Bundles every function into `build/<function>/`, for the cloud and for one machine alike: `index.mjs`, and
 * beside it what it loads later. One whose code has not changed since it was last built is left as it is.
 * @param beside files that stand beside a function's code, by function and file name
 * @throws BuildError if code does not compile or a bundle is over its budget
 */
export async function buildFunctions(
  beside: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<Bundle[]> {
  const files = new BuildFiles(root);
  const bundles = await Promise.all(
    functionNames().map((name) => buildFunction(name, beside[name] ?? {}, files)),
  );
  requireWithinBudget(bundles);
  return bundles;
}

/** How many bytes of code a function may have in all. */
export const mostInAll = ({ hasLargeLibrary }: Pick<Bundle, "hasLargeLibrary">): number =>
  hasLargeLibrary ? bundleBudget.inAllWithLargeLibrary : bundleBudget.inAll;

/** @throws BuildError naming the functions whose code is over its budget */
export function requireWithinBudget(
  bundles: readonly Bundle[],
  mostAfterInit: number = bundleBudget.afterInit,
): void {
  const faults = bundles.flatMap((one) => [
    ...(one.inAll > mostInAll(one) ? [`${one.name} has ${one.inAll} bytes of ${mostInAll(one)}`] : []),
    ...(one.afterInit > mostAfterInit ? [`${one.name} loads ${one.afterInit} bytes after init`] : []),
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

async function buildFunction(
  name: string,
  beside: Readonly<Record<string, string>>,
  files: BuildFiles,
): Promise<Bundle> {
  const metafile = (await keptBuild(name, files)) ?? (await buildCode(name, files));
  const folder = join(buildFolder, name);
  const others = new Map<string, string | Uint8Array>([
    ...Object.entries(beside),
    ...(await assetsOf(name)),
    ...(await openedBy(metafile)),
  ]);
  await writeAll(folder, others);
  const code = Object.keys(metafile.outputs).map((path) => relative(folder, join(root, path)));
  await removeOthers(folder, new Set([...code, ...others.keys()]));
  return measureBundle(name, metafile);
}

const metafileOf = (name: string) => join(buildFolder, `${name}.meta.json`);
const recordOf = (name: string) => join(buildFolder, `${name}.record.json`);

/** Of what an earlier build left, if building again would come to the same; null if not. */
async function keptBuild(name: string, files: BuildFiles): Promise<Metafile | null> {
  const metafile = await readJson<Metafile>(metafileOf(name));
  return metafile && files.areAsIn(await readJson(recordOf(name)), tools) ? metafile : null;
}

async function buildCode(name: string, files: BuildFiles): Promise<Metafile> {
  const { code, metafile } = await bundle(name);
  await writeAll(join(buildFolder, name), code);
  await writeIfChanged(metafileOf(name), JSON.stringify(metafile));
  const { inputs, outputs } = metafile;
  const record = files.record({ tools, inputs: Object.keys(inputs), outputs: Object.keys(outputs) });
  if (record) await writeIfChanged(recordOf(name), JSON.stringify(record));
  else await rm(recordOf(name), { force: true });
  return metafile;
}

/** What cannot be read is as good as not there: it is built again. */
async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch {
    return null;
  }
}

interface Output {
  /** By path inside the function's folder. */
  readonly code: ReadonlyMap<string, Uint8Array>;
  readonly metafile: Metafile;
}

/** The source maps of a function's code, each by the very code that it is of. */
export async function sourceMapsOf(name: string): Promise<ReadonlyMap<string, string>> {
  const { code } = await bundle(name, { sourcemap: "external" });
  const text = (path: string) => Buffer.from(code.get(path) ?? []).toString("utf8");
  const files = [...code.keys()].filter((path) => code.has(`${path}.map`));
  return new Map(files.map((path) => [text(path), text(`${path}.map`)]));
}

async function bundle(name: string, options: Pick<BuildOptions, "sourcemap"> = {}): Promise<Output> {
  const outdir = join(buildFolder, name);
  try {
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: { index: join("functions", name, "handler.ts") },
      outdir,
      bundle: true,
      minify: true,
      platform: "node",
      target: "node24",
      // Split: what a handler imports dynamically is loaded with the first request that needs it.
      format: "esm",
      splitting: true,
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
    const code = new Map(outputFiles.map(({ path, contents }) => [relative(outdir, path), contents]));
    return { code, metafile };
  } catch (error) {
    throw new BuildError(`The function ${name} could not be bundled: ${firstMessage(error)}`);
  }
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

async function writeAll(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  await Promise.all([...files].map(([path, content]) => writeIfChanged(join(folder, path), content)));
}

/** Writes at once or not at all: several syntheses may run at a time, and they write the same. */
async function writeIfChanged(path: string, content: string | Uint8Array): Promise<void> {
  const wanted = Buffer.from(content);
  if (existsSync(path) && wanted.equals(await readFile(path))) return;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  await writeFile(unfinished, wanted);
  await rename(unfinished, path);
}

/** What an earlier build left in an asset's folder would be deployed with it. */
async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  const others = (await filesIn(folder)).filter((path) => !wanted.has(path) && !path.endsWith(".tmp"));
  await Promise.all(others.map((path) => rm(join(folder, path), { force: true })));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

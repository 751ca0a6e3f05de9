import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import * as z from "zod/mini";
import { buildFolder, functionNames } from "./build-functions.ts";

/** A package of others whose code or data is in what we deploy. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  /** The licence's text; null if the package brings none. */
  readonly text: string | null;
}

/** Packages whose content generated files have, so that no bundle names them. */
const insideGeneratedFiles = [
  // shared/web/kit/assets/style.css
  "@nl-design-system-unstable/voorbeeld-design-tokens",
  "@utrecht/component-library-css",
  // shared/operations/passwords/common-passwords.ts
  "@zxcvbn-ts/language-common",
  // The letters' font, which is copied beside the code.
  "dejavu-fonts-ttf",
];

/** Licences that let us ship a package under the EUPL, as long as their texts go with it. */
export const acceptedLicenses: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Bitstream-Vera",
  "EUPL-1.2",
  "ISC",
  "MIT",
  "MIT-0",
];

/** Licences of packages whose description does not name one of SPDX's; each was read in the package's own files. */
const readByUs: Readonly<Record<string, string>> = {
  "png-js": "MIT",
  // The fonts' licence allows embedding and passing on, under its own text (LICENSE of the package).
  "dejavu-fonts-ttf": "Bitstream-Vera",
};

const root = join(import.meta.dirname, "..", "..");
const description = z.looseObject({
  version: z.string(),
  license: z.optional(z.union([z.string(), z.looseObject({ type: z.string() })])),
});

/** All packages that are shipped, by the metafiles of the bundles; the functions must have been built. */
export function shippedPackages(): ShippedPackage[] {
  const inputs = functionNames().flatMap((name) => {
    const metafile = JSON.parse(readFileSync(join(buildFolder, `${name}.meta.json`), "utf8")) as Metafile;
    return Object.values(metafile.outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    );
  });
  const folders = new Set([
    ...inputs.flatMap((path) => folderOf(path) ?? []),
    ...insideGeneratedFiles.map((name) => `node_modules/${name}`),
  ]);
  return [...folders]
    .map(describe)
    .toSorted((one, other) => (one.name + one.version < other.name + other.version ? -1 : 1));
}

/** The folder of the package that a file belongs to; undefined for our own files. */
function folderOf(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function describe(folder: string): ShippedPackage {
  const { version, license } = description.parse(
    JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")),
  );
  const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  const said = typeof license === "object" ? license.type : (license ?? "unknown");
  return { name, version, license: readByUs[name] ?? said, text: licenseText(join(root, folder)) };
}

function licenseText(folder: string): string | null {
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) : undefined;
  return file === undefined ? null : readFileSync(join(folder, file), "utf8").trim();
}

/** THIRD-PARTY-NOTICES.md: every shipped package, and each licence's text once. */
export function notices(packages: readonly ShippedPackage[]): string {
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  const texts = new Map<string, string[]>();
  for (const { name, text } of packages) {
    if (text !== null) texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  const parts = [...texts].flatMap(([text, names]) => [
    `## ${names.join(", ")}`,
    "",
    "```text",
    text,
    "```",
    "",
  ]);
  return [
    "# Third-party notices",
    "",
    "What is deployed contains code or data of these packages. Made by `npm run generate:notices` from the bundles; a test",
    "keeps it true, and checks each licence against a list (`infra/build/shipped-packages.ts`).",
    "",
    "| package | version | licence |",
    "| --- | --- | --- |",
    ...rows,
    "",
    ...parts,
  ].join("\n");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scriptFiles, styleSheetFile } from "./asset-names.ts";

interface Asset {
  readonly contentType: string;
  readonly content: string;
}

/** The build copies the folder beside the bundle, so the same path works in both. */
const folder = join(import.meta.dirname, "assets");

const kinds: ReadonlyMap<string, { readonly contentType: string; readonly file: string }> = new Map([
  [styleSheetFile, { contentType: "text/css; charset=utf-8", file: "style.css" }],
  ...Object.entries(scriptFiles).map(
    ([name, file]) => [file, { contentType: "text/javascript; charset=utf-8", file: `${name}.js` }] as const,
  ),
]);

const read = new Map<string, Asset>();

/** A file by its name with the hash of its content in it; read once. */
export function findAsset(name: string): Asset | null {
  const kind = kinds.get(name);
  if (!kind) return null;
  const asset = read.get(name) ?? {
    contentType: kind.contentType,
    content: readFileSync(join(folder, kind.file), "utf8"),
  };
  read.set(name, asset);
  return asset;
}

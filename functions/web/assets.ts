import { createHash } from "node:crypto";
import { styleSheet } from "./style.ts";

interface Asset {
  readonly contentType: string;
  readonly content: string;
}

function hashed(name: string, extension: string, content: string): string {
  return `${name}.${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${extension}`;
}

/** The style sheet's name, which changes with its content, so that browsers may keep it for good. */
export const styleSheetFile = hashed("style", "css", styleSheet);

const assets: ReadonlyMap<string, Asset> = new Map([
  [styleSheetFile, { contentType: "text/css; charset=utf-8", content: styleSheet }],
]);

export function findAsset(file: string): Asset | null {
  return assets.get(file) ?? null;
}

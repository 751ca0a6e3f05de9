import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { findAsset } from "../../../../shared/web/kit/assets.ts";
import { scriptFiles, styleSheetFile } from "../../../../shared/web/kit/asset-names.ts";
import {
  assetNamesPath,
  generateAssetNames,
  generateStyleSheet,
  styleSheetPath,
} from "../../../../shared/web/kit/style/generate-style.ts";

it("the style sheet is what its source, the components and the theme make of it", async () => {
  const styleSheet = await generateStyleSheet();
  expect(await readFile(styleSheetPath, "utf8")).toBe(styleSheet);
  expect(await readFile(assetNamesPath, "utf8")).toBe(await generateAssetNames(styleSheet));
});

it("style and scripts together are far below 60 KB compressed", () => {
  const files = [styleSheetFile, ...Object.values(scriptFiles)];
  const sizes = files.map((name) => gzipSync(findAsset(name)?.content ?? "").length);
  expect(Math.min(...sizes)).toBeGreaterThan(100);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(15_000);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { statePages } from "../../../docs/generate-states.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "docs", "states");

it("the pictures of states are those of the tables (npm run generate:states makes them anew)", () => {
  const pages = statePages();
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const [file, text] of pages) expect(readFileSync(join(folder, file), "utf8")).toBe(text);
});

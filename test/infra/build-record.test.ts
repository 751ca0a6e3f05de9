import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildFiles } from "../../infra/build-record.ts";

const paths = {
  tools: ["package-lock.json"],
  inputs: ["handler.ts", "made-up:credentials"],
  outputs: ["index.mjs"],
};
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "portero-build-"));
  for (const path of ["package-lock.json", "handler.ts", "index.mjs"]) write(path, "first");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes a file with a time in the past. */
function write(path: string, content: string): void {
  writeFileSync(join(root, path), content);
  utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
}

const recorded = () => JSON.parse(JSON.stringify(new BuildFiles(root).record(paths))) as unknown;
const isUpToDate = (record: unknown) => new BuildFiles(root).areAsIn(record, paths.tools);

describe("a build is left as it is", () => {
  it("while everything that went in and came out has the content that it had", () => {
    const record = recorded();
    expect(isUpToDate(record)).toBe(true);
    writeFileSync(join(root, "handler.ts"), "first");
    expect(isUpToDate(record)).toBe(true);
  });

  it.each(["package-lock.json", "handler.ts", "index.mjs", "made-up:credentials"])(
    "and made again when %s is another, even at the same time and length",
    (path) => {
      const record = recorded();
      write(path, "other");
      expect(isUpToDate(record)).toBe(false);
    },
  );

  it.each(["package-lock.json", "handler.ts", "index.mjs"])("and made again when %s is missing", (path) => {
    const record = recorded();
    rmSync(join(root, path));
    expect(isUpToDate(record)).toBe(false);
  });

  it("and made again when more decides about it than was noted", () => {
    expect(new BuildFiles(root).areAsIn(recorded(), [...paths.tools, "tsconfig.json"])).toBe(false);
  });

  it.each([null, "", {}, { tools: {}, inputs: {} }])("and made again when its record is %j", (record) => {
    expect(isUpToDate(record)).toBe(false);
  });

  it("and not noted when a source was written while it was built", () => {
    const files = new BuildFiles(root);
    writeFileSync(join(root, "handler.ts"), "second");
    utimesSync(join(root, "handler.ts"), new Date(), new Date(Date.now() + 1000));
    expect(files.record(paths)).toBeNull();
  });

  it("and its code noted as it came out, not as it lay there before", () => {
    const files = new BuildFiles(root);
    files.areAsIn(recorded(), paths.tools);
    writeFileSync(join(root, "index.mjs"), "second");
    expect(isUpToDate(files.record(paths))).toBe(true);
  });
});

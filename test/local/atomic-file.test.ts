import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AtomicFile, readText } from "../../infra/local/atomic-file.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portero-file-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("makes one write of many, and resolves each when something as new is on disk", async () => {
  const path = join(directory, "state.json");
  const file = new AtomicFile(path);
  let newest = 0;
  let rendered = 0;
  const writes = Array.from({ length: 50 }, async (_, at) => {
    newest = at;
    await file.write(() => {
      rendered += 1;
      return String(newest);
    });
    expect(Number(readFileSync(path, "utf8"))).toBeGreaterThanOrEqual(at);
  });
  await Promise.all(writes);
  expect(rendered).toBeLessThan(5);
  expect(readdirSync(directory)).toEqual(["state.json"]);
});

it("goes on after a write that failed", async () => {
  const file = new AtomicFile(join(directory, "state.json"));
  const refusal = () => {
    throw new Error("cannot be rendered");
  };
  await expect(file.write(refusal)).rejects.toThrow("cannot be rendered");
  await file.write(() => "good");
  expect(await readText(file.path)).toBe("good");
  expect(await readText(join(directory, "none"))).toBeNull();
});

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";

const run = promisify(execFile);

/** The lines that the README's walk asks a reader to paste, up to the next heading. */
function walk(): string {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const section = /## The first journey\n(.*?)\n## /s.exec(readme)?.[1] ?? "";
  return [...section.matchAll(/```sh\n(.*?)```/gs)].map((block) => block[1]).join("\n");
}

it("the README's walk, pasted line by line, gets a colleague signed up", async () => {
  const lines = walk();
  expect(lines).toContain("/v1/password-links");
  const { stdout } = await run("bash", ["-c", `set -eu\n${lines}`], {
    cwd: inject("stackFolder"),
    timeout: 60_000,
  });
  expect(stdout).toContain('"status":"ok"');
  expect(stdout).toContain("too-short");
  expect(stdout).toContain("HTTP/1.1 204 No Content");
  expect(stdout).toContain("emol active");
  expect(stdout).toContain("okaya invited");
});

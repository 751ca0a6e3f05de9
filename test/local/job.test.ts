import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** The error output and exit code of `npm run job` when no app runs. */
function job(...args: string[]): Promise<{ code: number; said: string }> {
  const state = mkdtempSync(join(tmpdir(), "portero-job-"));
  const program = join(import.meta.dirname, "..", "..", "infra", "local", "job.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args, "--state", state], (error, _, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stderr.trim() });
    });
  });
}

describe("npm run job", () => {
  it.each([
    "nonsense",
    "2026-11-25",
    "2026-11-25T05:00:00",
    "2026-02-30T05:00:00Z",
    "2026-02-29T05:00:00Z",
    "2026-13-01T05:00:00Z",
    "2026-11-25T25:00:00Z",
    "2026-11-25T05:00:00+25:00",
    "+012026-11-25T05:00:00Z",
  ])("refuses %s, which is no time, and runs nothing", async (time) => {
    const { code, said } = await job("warn-password-expiry", "--time", time);
    expect([code, said]).toEqual([1, `--time ${time} is not a time such as 2026-11-22T05:00:00Z.`]);
  });

  it.each([
    "2026-11-25T05:00:00Z",
    "2028-02-29T05:00:00.5+01:00",
    "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ])("takes %s, and says that no app runs", async (time) => {
    const { code, said } = await job("deactivate-inactive", "--time", time);
    expect([code, said]).toEqual([1, expect.stringMatching(/^Nothing runs on this machine/)]);
  });

  it("names what is wrong with a job or an option", async () => {
    expect((await job("no-such-job")).said).toMatch(/^"no-such-job" is not named: npm run job/);
    expect((await job("warn-password-expiry", "--tijd", "x")).said).toContain("Usage: npm run job");
  });
});

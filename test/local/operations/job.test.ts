import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const state = mkdtempSync(join(tmpdir(), "portero-job-"));
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** The output of a script, and its exit code, where no app runs and no AWS account can be reached. */
function script(name: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const program = join(import.meta.dirname, "..", "..", "..", "infra", "operations", `${name}.ts`);
  const nowhere = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_ACCESS_KEY_ID: "x",
    AWS_SECRET_ACCESS_KEY: "x",
  };
  const env = { ...process.env, ...nowhere, AWS_REGION: "us-east-1", AWS_MAX_ATTEMPTS: "1" };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args, "--state", state], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: (stdout + stderr).trim() });
    });
  });
}
const job = (...args: string[]) => script("job", ...args);

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

  it("names what is wrong with a job or an option, and how to go on", async () => {
    const { code, said } = await job("no-such-job");
    expect([code, said]).toEqual([
      1,
      '"no-such-job" is no job: there are warn-password-expiry, deactivate-inactive, finish-imports, watch-outbox. npm run job -- --help says what there is.',
    ]);
    expect((await job("warn-password-expiry", "--tijd", "x")).said).toContain("npm run job -- --help");
    expect((await job("constructor")).said).toContain("is no job");
  });

  describe("on a deployed stage", () => {
    const deployed = (...times: string[]) =>
      job("deactivate-inactive", "--stage", "production", ...times.flatMap((time) => ["--time", time]));
    const ahead = "2999-01-01T05:00:00Z";

    it("refuses a time in the future, before it reaches for AWS", async () => {
      const { code, said } = await deployed(ahead);
      expect(code).toBe(1);
      expect(said).toMatch(/^--time 2999-01-01T05:00:00Z lies in the future.*give --time twice\.$/);
    });

    it("takes it if it is said twice", async () => {
      expect((await deployed(ahead, "2999-01-01T06:00:00+01:00")).said).toMatch(
        /^The stack production-portero-/,
      );
    });

    it("asks which one is meant if two different times are given", async () => {
      expect((await deployed("2026-01-01T05:00:00Z", ahead)).said).toMatch(/which one is it\?$/);
    });

    it("takes the region from the stage, and not from AWS_REGION", async () => {
      expect((await deployed()).said).toMatch(
        /^The stack production-portero-(?:data|app) in eu-west-1 could not be read/,
      );
    });
  });
});

describe.each(["job", "redrive", "compare-restored", "smoke", "trail"])("the script %s", (name) => {
  it("tells with --help what it does and what can be given, and does nothing", async () => {
    const { code, said } = await script(name, "--help");
    expect(code).toBe(0);
    expect(said).toMatch(new RegExp(`^npm run ${name} -- `));
    for (const option of ["--stage <stage>", "--help"]) expect(said).toContain(option);
  });

  it("refuses an option, an argument and a stage that it does not know, with a sentence", async () => {
    const first = name === "job" ? ["warn-password-expiry"] : [];
    const said = async (...args: string[]) => (await script(name, ...first, ...args)).said;
    expect(await said("--stack", "production")).toContain("--help says what there is");
    expect(await said("surplus")).toMatch(/^"(?:warn-password-expiry )?surplus" is no/);
    expect(await said("--stage", "prod")).toMatch(
      /^The stage prod is not described in cdk\.json; it has .*production/,
    );
  });
});

describe("values that cannot be right are refused before anything is done", () => {
  it.each([
    ["redrive", "--older-than", "soon", "--older-than soon is not a number of minutes."],
    ["redrive", "--older-than", "-5", "Option '--older-than' argument is ambiguous"],
    ["compare-restored", "--since", "yesterday", "--since yesterday is not a time such as"],
  ])("%s %s %s", async (name, option, value, sentence) => {
    const { code, said } = await script(name, option, value);
    expect(code).toBe(1);
    expect(said).toContain(sentence);
  });

  it("a moment and a backup at once", async () => {
    const both = ["--since", "2026-01-01T00:00:00Z", "--backup", "arn"];
    expect((await script("compare-restored", ...both)).said).toContain("give one of them");
  });
});

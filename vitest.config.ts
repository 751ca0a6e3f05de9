import { defineConfig } from "vitest/config";

/** Suites that wait for processes or a browser, which can be late once on a busy machine. */
const waiting = ["local", "e2e"];

const suite = (name: string, minutes: number, globalSetup: string[] = []) => ({
  test: {
    name,
    globalSetup,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    testTimeout: minutes * 60_000,
    hookTimeout: 3 * 60_000,
    retry: process.env["CI"] && waiting.includes(name) ? 2 : 0,
    env: { POWERTOOLS_LOG_LEVEL: "SILENT", AWS_REGION: "eu-west-1" },
  },
});

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/retried-tests.ts", "./test/support/unused-grants.ts"],
    // Two at a time are quicker; where nobody waits, one at a time is steadier.
    maxWorkers: process.env["CI"] ? 1 : 2,
    projects: [
      suite("unit", 2),
      suite("integration", 3, ["test/integration/emulator.ts"]),
      suite("infra", 2, ["test/infra/synthesis.ts"]),
      suite("local", 2),
      suite("e2e", 3, ["test/e2e/shared-stack.ts"]),
    ],
  },
});

import { existsSync, globSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { forgetUsedGrants, unusedGrants } from "./used-grants.ts";

/** Fails a run of all end-to-end tests in which a right of a function's role was never used: such a right goes. */
export default class UnusedGrants implements Reporter {
  onInit(): void {
    forgetUsedGrants();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = modules
      .filter((module) => module.ok())
      .map(({ moduleId }) => relative(process.cwd(), moduleId));
    const all = globSync("test/e2e/**/*.test.ts");
    if (!all.every((file) => ran.includes(file))) return;
    // The shared stack ends, and tells what it used, after the reporters were called.
    process.once("exit", () => {
      if (!existsSync("build/grants")) return;
      const unused = unusedGrants();
      console.log(`\nRights of functions that no test used: ${unused.length}`);
      for (const grant of unused) console.log(`  ${grant}`);
      if (unused.length > 0) process.exitCode = 1;
    });
  }
}

import type { Reporter, TestModule } from "vitest/node";

/** Lists the tests that passed only when they were tried again: each is a race, in the test or in the code. */
export default class RetriedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const retried = modules.flatMap((module) =>
      [...module.children.allTests("passed")].flatMap((test) => {
        const tries = test.diagnostic()?.retryCount ?? 0;
        return tries > 0 ? [`  ${module.relativeModuleId}: ${test.fullName} (${tries + 1} tries)`] : [];
      }),
    );
    if (retried.length > 0) console.log(`\nPassed only when tried again:\n${retried.join("\n")}`);
  }
}

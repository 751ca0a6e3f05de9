import { failed, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";

/** Runs checks one after another; one that throws has failed and does not stop the others. */
export async function* runChecks(
  checks: readonly Check[],
  place: Place,
): AsyncGenerator<{ readonly name: string; readonly outcome: Outcome }> {
  for (const { name, run } of checks) {
    for (const outcome of await run(place).catch(broken)) yield { name, outcome };
  }
}

function broken(error: unknown): Outcome[] {
  const { name, message, cause } = error instanceof Error ? error : new Error(String(error));
  const [reason = ""] = (cause instanceof Error ? `${message}: ${cause.message}` : message).split("\n", 1);
  const isRight = /AccessDenied|Unauthorized|NotAuthorized/.test(name);
  return [
    failed(
      `${name}: ${reason.replace(/\.$/, "")}`,
      isRight
        ? "run this with the rights of the person who deploys"
        : "run this again; then look at the service",
    ),
  ];
}

/** One line for an outcome. */
export function lineOf(name: string, outcome: Outcome): string {
  return `${outcome.result.padEnd(8)}${name.padEnd(18)}${textOf(outcome)}`;
}

function textOf(outcome: Outcome): string {
  switch (outcome.result) {
    case "ok":
      return outcome.seen;
    case "FAILED":
      return `${outcome.seen}. To do: ${outcome.todo}.`;
    case "ask":
      return outcome.instruction;
    case "skipped":
      return outcome.reason;
  }
}

import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningHost } from "../../infra/local/start-host.ts";

const folder = join(import.meta.dirname, "../../build/grants");

interface Grants {
  /** Everything that roles allow, as `<function> <action> <resource>`. */
  readonly grants: readonly string[];
  readonly used: readonly string[];
}

/** Keeps what the functions of a stack used of their roles, for the table at the end of all tests. */
export function keepUsedGrants({ decisions }: RunningHost): void {
  mkdirSync(folder, { recursive: true });
  const kept: Grants = { grants: decisions.grants, used: [...decisions.used] };
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(kept));
}

export function forgetUsedGrants(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Grants that need no test, each with its reason. */
const exempt: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: / (?:logs|xray):/,
    reason: "Lambda's own runtime writes logs and traces, and there is no stand-in for it",
  },
  { pattern: /^AWSCDK/, reason: "CDK's function that runs triggers, whose place the local host takes" },
];

/**
 * The grants that can be taken out of the roles without any call of a test being refused: nothing used them, or another
 * grant of the same role allows the same.
 */
export function unusedGrants(): string[] {
  const all = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Grants,
  );
  const grants = [...new Set(all.flatMap((one) => one.grants).map(withoutIds))].filter(needsTest);
  const used = new Set(all.flatMap((one) => one.used).map(withoutIds));
  const needed = new Set(
    [...used].flatMap((use) => {
      const allowing = grants.filter((grant) => allows(grant, use));
      return allowing.length === 1 ? allowing : [];
    }),
  );
  return grants.filter((grant) => !needed.has(grant)).toSorted();
}

const needsTest = (grant: string) => !exempt.some(({ pattern }) => pattern.test(grant));

/** True if a grant allows a use; the resource of a grant can have wildcards. */
function allows(grant: string, use: string): boolean {
  if (!grant.includes("*")) return grant === use;
  const parts = grant.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(use);
}

/** The user pool has another id in each stack. */
const withoutIds = (grant: string) => grant.replace(/userpool\/.*$/, "userpool");

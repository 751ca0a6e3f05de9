import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { replaceFile } from "../atomic-file.ts";
import type { DemoAccount, SeedEnvironment } from "./seed.ts";
import { readStateFile, type State } from "../state.ts";

const StoredDemonstration = z.looseObject({
  accounts: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      roles: z.array(z.string()),
      organisationId: z.string(),
      situation: z.nullable(z.string()),
    }),
  ),
});

/** Where everything of a running host is. */
export interface Addresses {
  baseUrl: string;
  mailUrl: string;
  invokeUrl: string;
  dynamodbUrl: string;
  cognitoUrl: string;
}

/** A start that was broken off while it seeded has left half a demonstration behind. */
export function isHalfSeeded(state: State): boolean {
  return state.resources.seed === "seeding";
}

/**
 * Fills an empty state with the demonstration, once; at every start brings `demo.json` up to date.
 * @returns the accounts that can sign in, none if there is no demonstration
 */
export async function prepareDemonstration(
  state: State,
  {
    addresses,
    region,
    outputs,
    seed,
  }: { addresses: Addresses; region: string; outputs: Record<string, string>; seed: boolean },
): Promise<DemoAccount[]> {
  const file = state.path("demo.json");
  const stored = await readStateFile(file, StoredDemonstration);
  let accounts = (stored?.accounts ?? []) as DemoAccount[];
  if (seed && state.resources.seed === "none") {
    const environment = { ...addresses, region, ...namesIn(outputs) };
    await mark(state, "seeding");
    accounts = await runSeed(environment);
  }
  const { baseUrl, mailUrl, invokeUrl, dynamodbUrl } = addresses;
  await replaceFile(file, JSON.stringify({ baseUrl, mailUrl, invokeUrl, dynamodbUrl, accounts }, null, 2));
  // The accounts are in the file before the state says so: a start broken off in between seeds again.
  if (seed && state.resources.seed === "seeding") await mark(state, "seeded");
  return accounts;
}

async function runSeed(environment: SeedEnvironment): Promise<DemoAccount[]> {
  if (!existsSync(join(import.meta.dirname, "seed.ts"))) return [];
  const { seedDemo } = await import("./seed.ts");
  return await seedDemo({ environment });
}

function namesIn(outputs: Record<string, string>) {
  const name = (key: string) => outputs[key] ?? "";
  return {
    tableName: name("TableName"),
    auditTableName: name("AuditTableName"),
    userPoolId: name("UserPoolId"),
    userPoolClientId: name("UserPoolClientId"),
  };
}

async function mark(state: State, seed: "seeding" | "seeded"): Promise<void> {
  state.resources.seed = seed;
  await state.save();
}

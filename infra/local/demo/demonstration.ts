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

/** The addresses of a running host. */
export interface Addresses {
  baseUrl: string;
  mailUrl: string;
  invokeUrl: string;
  dynamodbUrl: string;
  cognitoUrl: string;
}

/** True after a start that was interrupted while it made the demonstration. */
export function isHalfSeeded(state: State): boolean {
  return state.resources.seed === "seeding";
}

/**
 * Fills an empty state with the demonstration, and writes `demo.json` at every start.
 * @returns the accounts that can sign in, empty if there is no demonstration
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
  // The file is written before the state says so: a start interrupted in between makes the demonstration again.
  if (seed && state.resources.seed === "seeding") await mark(state, "seeded");
  return accounts;
}

async function runSeed(environment: SeedEnvironment): Promise<DemoAccount[]> {
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

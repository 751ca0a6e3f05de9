import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import * as z from "zod/mini";
import { replaceFile } from "./atomic-file.ts";
import type { Addresses } from "./demo/demonstration.ts";
import type { Emulators } from "./emulators/emulators.ts";
import { makeTables } from "./emulators/tables.ts";
import { cognitoConfiguration, makeUserPools } from "./emulators/user-pools.ts";
import { RestApi } from "./gateway/rest-api.ts";
import type { Guard } from "./iam/guard.ts";
import { RolePolicies } from "./iam/role-policies.ts";
import type { ArnParts } from "./iam/service-calls.ts";
import type { Detour } from "./lambda/function-settings.ts";
import { type Environment, LambdaPool } from "./lambda/lambda-pool.ts";
import { Queues } from "./lambda/queues.ts";
import { Schedules } from "./lambda/schedules.ts";
import { runTriggers } from "./lambda/triggers.ts";
import type { State } from "./state.ts";
import { type StreamOfTable, StreamSources } from "./streams/stream-sources.ts";
import type { Catalogue } from "./template/catalogue.ts";

export interface ApplicationParts {
  state: State;
  catalogue: Catalogue;
  emulators: Emulators;
  addresses: Addresses;
  /** Stands between the functions and the emulators. */
  guard: Guard;
  detour: Detour | undefined;
  serveFunctions: (pool: LambdaPool) => void;
  serveApi: (api: RestApi) => void;
  log: (line: string) => void;
  signal: AbortSignal;
}

/** The running parts of the synthesised app. */
export interface Application {
  environments: () => Environment[];
  /** Stops schedules and streams at once, and the functions after `drained`, when no more requests come. */
  stop: (drained: Promise<unknown>) => Promise<void>;
}

/**
 * Makes the tables and pools, then runs functions, API, streams and schedules, in the order of a deployment.
 * @throws HostError if the templates ask for something that is not supported here, or a deployment's function fails
 */
export async function runApplication(parts: ApplicationParts): Promise<Application> {
  const { state, catalogue, addresses, guard, log, signal } = parts;
  const region = catalogue.assembly.stacks[0]?.region ?? "";
  const client = { region, credentials: { accessKeyId: "local", secretAccessKey: "local" } };
  const streams = await makeResources(parts, client);
  const queues = new Queues(catalogue, state);
  const policies = new RolePolicies(catalogue);
  await guard.judgeBy({ policies, parts: arnParts(catalogue), endpoints: addresses, log }, catalogue);
  const pool = new LambdaPool({
    catalogue,
    state,
    queues,
    endpoints: guard.endpoints(),
    detour: parts.detour,
  });
  const sources = new StreamSources({
    catalogue,
    state,
    pool,
    queues,
    streams,
    client: new DynamoDBStreamsClient({ ...client, endpoint: addresses.dynamodbUrl }),
  });
  const schedules = new Schedules(catalogue, pool);
  const stop = async (drained: Promise<unknown>) => {
    schedules.stop();
    sources.stop();
    await drained;
    await pool.stop();
  };
  try {
    parts.serveFunctions(pool);
    const api = RestApi.read(catalogue, pool, addresses.cognitoUrl);
    await sources.start();
    await runTriggers({ catalogue, pool, state }, [addresses.baseUrl, addresses.cognitoUrl]);
    parts.serveApi(api);
    await replaceFile(state.path("outputs.json"), JSON.stringify(catalogue.outputs(), null, 2));
    signal.throwIfAborted();
    schedules.start();
  } catch (error) {
    await stop(Promise.resolve());
    throw error;
  }
  log("Functions, API, streams and schedules ready");
  return { stop, environments: () => pool.environments() };
}

const TableKeys = z.looseObject({
  KeySchema: z.array(z.looseObject({ AttributeName: z.string(), KeyType: z.string() })),
});
const TableWithIndexes = z.extend(TableKeys, {
  GlobalSecondaryIndexes: z._default(z.array(z.extend(TableKeys, { IndexName: z.string() })), []),
  LocalSecondaryIndexes: z._default(z.array(z.extend(TableKeys, { IndexName: z.string() })), []),
});

/** The names that the guard needs to tell which resource a call is about. */
function arnParts(catalogue: Catalogue): ArnParts {
  const [{ region, account } = { region: "", account: "" }] = catalogue.assembly.stacks;
  const partitionKeys = catalogue.ofType("AWS::DynamoDB::Table").flatMap((found) => {
    const { KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = catalogue.parse(
      found,
      TableWithIndexes,
    );
    const table = catalogue.nameOf(found);
    const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map((one) => [
      `${table}/${one.IndexName}`,
      partitionKey(one),
    ]);
    return [[table, partitionKey({ KeySchema })], ...indexes];
  });
  return { region, account, partitionKeys: Object.fromEntries(partitionKeys) as Record<string, string> };
}

function partitionKey({ KeySchema }: z.infer<typeof TableKeys>): string {
  return KeySchema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "";
}

interface ClientSettings {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

async function makeResources(parts: ApplicationParts, client: ClientSettings): Promise<StreamOfTable[]> {
  const { state, catalogue, emulators, addresses, log, signal } = parts;
  const dynamodb = new DynamoDBClient({ ...client, endpoint: addresses.dynamodbUrl });
  const cognito = new CognitoIdentityProviderClient({ ...client, endpoint: addresses.cognitoUrl });
  const startCognito = async () => {
    await emulators.cognito.start(cognitoConfiguration(catalogue, addresses.invokeUrl));
    await makeUserPools(cognito, { catalogue, state });
  };
  const [streams] = await Promise.all([
    makeTables(dynamodb, { catalogue, state, external: emulators.dynamodb.external }),
    startCognito(),
    emulators.ses.start(state.path("mails.jsonl")),
  ]);
  signal.throwIfAborted();
  log("Tables and user pool ready");
  return streams;
}

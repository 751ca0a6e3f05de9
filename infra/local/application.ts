import { writeFile } from "node:fs/promises";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import * as z from "zod/mini";
import { replaceFile } from "./atomic-file.ts";
import type { Catalogue } from "./template/catalogue.ts";
import type { Addresses } from "./demo/demonstration.ts";
import { type Emulators, cognitoSettings } from "./emulators/emulators.ts";
import type { Detour } from "./lambda/function-settings.ts";
import { type Environment, LambdaPool } from "./lambda/lambda-pool.ts";
import { Queues } from "./lambda/queues.ts";
import { RestApi } from "./gateway/rest-api.ts";
import { Schedules } from "./lambda/schedules.ts";
import type { State } from "./state.ts";
import { type StreamOfTable, StreamSources } from "./streams/stream-sources.ts";
import { makeTables } from "./emulators/tables.ts";
import { runTriggers } from "./lambda/triggers.ts";
import { makeUserPools } from "./emulators/user-pools.ts";

export interface ApplicationParts {
  state: State;
  catalogue: Catalogue;
  emulators: Emulators;
  addresses: Addresses;
  detour: Detour | undefined;
  serveFunctions: (pool: LambdaPool) => void;
  serveApi: (api: RestApi) => void;
  log: (line: string) => void;
  signal: AbortSignal;
}

/** What runs of the synthesised app. */
export interface Application {
  environments: () => Environment[];
  /** Takes up no work of its own any more, and ends the functions when no more comes from outside. */
  stop: (drained: Promise<unknown>) => Promise<void>;
}

const PoolTriggers = z.looseObject({
  LambdaConfig: z.optional(
    z.looseObject({
      PreTokenGeneration: z.optional(z.string()),
      PreTokenGenerationConfig: z.optional(
        z.looseObject({ LambdaArn: z.string(), LambdaVersion: z._default(z.string(), "V1_0") }),
      ),
    }),
  ),
});

/**
 * Makes the tables and pools, then what works with them: functions, API, streams, schedules; last, what a
 * deployment runs once everything is there.
 * @throws HostError if the templates ask for what cannot be had here, or a deployment's function fails
 */
export async function runApplication(parts: ApplicationParts): Promise<Application> {
  const { state, catalogue, addresses, log, signal } = parts;
  // Above the project's own package.json, which would make the functions' CommonJS an ES module.
  await writeFile(state.path("package.json"), '{ "type": "commonjs" }\n');
  const region = catalogue.assembly.stacks[0]?.region ?? "";
  const client = { region, credentials: { accessKeyId: "local", secretAccessKey: "local" } };
  const streams = await makeResources(parts, client);
  const queues = new Queues(catalogue, state);
  const pool = new LambdaPool({ catalogue, state, queues, endpoints: addresses, detour: parts.detour });
  const sources = new StreamSources({
    ...{ catalogue, state, pool, queues, streams },
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
    for (const remark of [...(api?.remarks ?? []), ...schedules.remarks]) log(remark);
    await sources.start();
    await runTriggers({ catalogue, pool, state }, [addresses.baseUrl, addresses.cognitoUrl]);
    if (api) parts.serveApi(api);
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

interface ClientSettings {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

async function makeResources(parts: ApplicationParts, client: ClientSettings): Promise<StreamOfTable[]> {
  const { state, catalogue, emulators, addresses, log, signal } = parts;
  const dynamodb = new DynamoDBClient({ ...client, endpoint: addresses.dynamodbUrl });
  const cognito = new CognitoIdentityProviderClient({ ...client, endpoint: addresses.cognitoUrl });
  const [streams] = await Promise.all([
    makeTables(dynamodb, { catalogue, state, external: emulators.dynamodb.external }),
    startCognito(parts, client.region).then(() => makeUserPools(cognito, { catalogue, state })),
    emulators.ses.start(state.path("mails.jsonl")),
  ]);
  signal.throwIfAborted();
  log("Tables and user pool ready");
  return streams;
}

async function startCognito(
  { catalogue, emulators, addresses }: ApplicationParts,
  region: string,
): Promise<void> {
  const triggers = catalogue.ofType("AWS::Cognito::UserPool").map((pool) => {
    const { LambdaConfig } = PoolTriggers.parse(catalogue.properties(pool));
    const arn = LambdaConfig?.PreTokenGenerationConfig?.LambdaArn ?? LambdaConfig?.PreTokenGeneration;
    const version = LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";
    return arn === undefined ? null : { functionName: arn, version };
  });
  const tokenTrigger = triggers.find((trigger) => trigger !== null) ?? null;
  await emulators.cognito.start(cognitoSettings({ region, invokeUrl: addresses.invokeUrl, tokenTrigger }));
}

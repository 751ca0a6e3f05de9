import { createHash } from "node:crypto";
import {
  AddCustomAttributesCommand,
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ResourceNotFoundException,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod/mini";
import { type Catalogue, type Found, secretKeyOf } from "../template/catalogue.ts";
import { HostError } from "../host-error.ts";
import { damaged, type State } from "../state.ts";

interface Parts {
  catalogue: Catalogue;
  state: State;
}

const PoolProperties = z.looseObject({
  LambdaConfig: z.strictObject({
    PreTokenGenerationConfig: z.strictObject({ LambdaArn: z.string(), LambdaVersion: z.literal("V2_0") }),
  }),
});

/**
 * Returns cognito-local's configuration, with AWS's form of the `iss` claim.
 * @throws HostError if the templates do not have exactly one user pool, with a pre token generation trigger
 */
export function cognitoConfiguration(catalogue: Catalogue, invokeUrl: string): Record<string, unknown> {
  const [pool, ...others] = catalogue.ofType("AWS::Cognito::UserPool");
  if (!pool || others.length > 0) throw new HostError("The local host supports exactly one user pool.");
  const { region } = pool.stack;
  const { LambdaArn } = catalogue.parse(pool, PoolProperties).LambdaConfig.PreTokenGenerationConfig;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return {
    LambdaClient: { endpoint: invokeUrl, region, credentials, maxRetries: 0 },
    TriggerFunctions: { PreTokenGeneration: LambdaArn },
    UserPoolDefaults: { UsernameAttributes: [] },
    TokenConfig: { IssuerDomain: `https://cognito-idp.${region}.amazonaws.com` },
  };
}

/**
 * Makes the templates' user pool and app clients, or changes those of an earlier run to what the templates say now.
 * @throws HostError if the state names a pool or client that Cognito does not have
 */
export async function makeUserPools(
  client: CognitoIdentityProviderClient,
  { catalogue, state }: Parts,
): Promise<void> {
  for (const found of catalogue.ofType("AWS::Cognito::UserPool"))
    await makePool(client, found, { catalogue, state });
  for (const found of catalogue.ofType("AWS::Cognito::UserPoolClient"))
    await makeAppClient(client, found, { catalogue, state });
}

async function makePool(
  client: CognitoIdentityProviderClient,
  found: Found,
  { catalogue, state }: Parts,
): Promise<void> {
  const properties = catalogue.properties(found);
  // The template's properties have the names of the API's.
  const settings = { ...properties, PoolName: catalogue.wantedName(found) } as CreateUserPoolCommandInput;
  const known = state.resources.physicalIds[found.key];
  if (known === undefined) {
    const { UserPool } = await client.send(new CreateUserPoolCommand(settings));
    await remember(state, found, UserPool?.Id ?? "", properties);
    return;
  }
  const described = await mustExist(state, client.send(new DescribeUserPoolCommand({ UserPoolId: known })));
  if (state.resources.hashes[found.key] === hashOf(properties)) return;
  await client.send(new UpdateUserPoolCommand({ ...settings, UserPoolId: known }));
  const has = described.UserPool?.SchemaAttributes?.map(({ Name }) => Name?.replace(/^custom:/, "")) ?? [];
  const added = (settings.Schema ?? []).filter(({ Name }) => !has.includes(Name));
  if (added.length > 0)
    await client.send(new AddCustomAttributesCommand({ UserPoolId: known, CustomAttributes: added }));
  await remember(state, found, known, properties);
}

async function makeAppClient(
  client: CognitoIdentityProviderClient,
  found: Found,
  { catalogue, state }: Parts,
): Promise<void> {
  const properties = catalogue.properties(found);
  const settings = {
    ClientName: catalogue.wantedName(found),
    ...properties,
  } as unknown as CreateUserPoolClientCommandInput;
  const known = state.resources.physicalIds[found.key];
  if (known === undefined) {
    const { UserPoolClient } = await client.send(new CreateUserPoolClientCommand(settings));
    rememberSecret(state, found, UserPoolClient);
    await remember(state, found, UserPoolClient?.ClientId ?? "", properties);
    return;
  }
  const ids = { UserPoolId: settings.UserPoolId, ClientId: known };
  const described = await mustExist(state, client.send(new DescribeUserPoolClientCommand(ids)));
  rememberSecret(state, found, described.UserPoolClient);
  if (state.resources.hashes[found.key] === hashOf(properties)) return;
  await client.send(new UpdateUserPoolClientCommand({ ...settings, ...ids }));
  await remember(state, found, known, properties);
}

/** The catalogue reads it as the client's attribute. */
function rememberSecret(state: State, found: Found, made: UserPoolClientType | undefined): void {
  if (made?.ClientSecret !== undefined) state.resources.physicalIds[secretKeyOf(found)] = made.ClientSecret;
}

async function mustExist<T>(state: State, description: Promise<T>): Promise<T> {
  try {
    return await description;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw damaged(
      state.path("resources.json"),
      "it names a user pool or app client that Cognito's files do not have",
    );
  }
}

async function remember(
  state: State,
  found: Found,
  id: string,
  properties: Record<string, unknown>,
): Promise<void> {
  state.resources.physicalIds[found.key] = id;
  state.resources.hashes[found.key] = hashOf(properties);
  await state.save();
}

function hashOf(properties: Record<string, unknown>): string {
  return createHash("sha256").update(JSON.stringify(properties)).digest("hex");
}

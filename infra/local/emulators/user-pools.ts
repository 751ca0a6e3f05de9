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
} from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { damaged, type State } from "../state.ts";

interface Parts {
  catalogue: Catalogue;
  state: State;
}

const PoolName = z.looseObject({ UserPoolName: z.optional(z.string()) });

/**
 * Makes the templates' user pools and their app clients, or brings those of an earlier run up to date.
 * @throws HostError if the state knows a pool that Cognito does not have
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
  const { UserPoolName, ...rest } = PoolName.parse(properties);
  // The template's properties have the names of the API's; a wrong one is Cognito's to refuse.
  const settings = {
    ...rest,
    PoolName: UserPoolName ?? catalogue.wantedName(found),
  } as CreateUserPoolCommandInput;
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
    await remember(state, found, UserPoolClient?.ClientId ?? "", properties);
    return;
  }
  const ids = { UserPoolId: settings.UserPoolId, ClientId: known };
  await mustExist(state, client.send(new DescribeUserPoolClientCommand(ids)));
  if (state.resources.hashes[found.key] === hashOf(properties)) return;
  await client.send(new UpdateUserPoolClientCommand({ ...settings, ...ids }));
  await remember(state, found, known, properties);
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

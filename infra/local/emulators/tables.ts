import { createHash } from "node:crypto";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { HostError } from "../host-error.ts";
import type { State } from "../state.ts";
import type { StreamOfTable } from "../streams/stream-sources.ts";

const TableProperties = z.looseObject({
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.optional(z.array(z.looseObject({ IndexName: z.string() }))),
  LocalSecondaryIndexes: z.optional(z.array(z.unknown())),
  StreamSpecification: z.optional(z.looseObject({ StreamViewType: z.optional(z.string()) })),
  TimeToLiveSpecification: z.optional(
    z.looseObject({ AttributeName: z.optional(z.string()), Enabled: z.optional(z.boolean()) }),
  ),
});
type TableProperties = z.infer<typeof TableProperties>;

/**
 * Makes the templates' tables, or brings those of an earlier run up to date.
 * @returns the streams of the tables that have one
 * @throws HostError if a table cannot become what the template says without losing its items
 */
export async function makeTables(
  client: DynamoDBClient,
  { catalogue, state, external }: { catalogue: Catalogue; state: State; external: boolean },
): Promise<StreamOfTable[]> {
  const streams: StreamOfTable[] = [];
  for (const found of catalogue.ofType("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")) {
    const properties = TableProperties.parse(catalogue.properties(found));
    const name = state.resources.physicalIds[found.key] ?? catalogue.wantedName(found);
    const existing = await describe(client, name);
    if (existing && external && state.resources.physicalIds[found.key] === undefined) {
      throw new HostError(
        `The DynamoDB at PORTERO_DYNAMODB_ENDPOINT already has a table ${name} from another state: delete it first.`,
      );
    }
    const hash = createHash("sha256").update(JSON.stringify(properties)).digest("hex");
    if (!existing) await create(client, name, properties);
    else if (state.resources.hashes[found.key] !== hash) await update(client, existing, properties, found);
    state.resources.physicalIds[found.key] = name;
    state.resources.hashes[found.key] = hash;
    await state.save();
    const emulatorArn = (await describe(client, name))?.LatestStreamArn;
    if (properties.StreamSpecification && emulatorArn !== undefined) {
      streams.push({ emulatorArn, templateArn: catalogue.attributeOf(found, "StreamArn") });
    }
  }
  return streams;
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | null> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

/** The template's properties have the names and forms of the API's; what protects or bills a table has no meaning here. */
function definition(properties: TableProperties): Omit<CreateTableCommandInput, "TableName"> {
  const {
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    LocalSecondaryIndexes,
    StreamSpecification,
  } = properties;
  const indexes = GlobalSecondaryIndexes?.map(indexDefinition);
  return {
    KeySchema,
    AttributeDefinitions,
    BillingMode: "PAY_PER_REQUEST",
    ...(indexes && { GlobalSecondaryIndexes: indexes }),
    ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
    ...(StreamSpecification && { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
  } as Omit<CreateTableCommandInput, "TableName">;
}

const indexDefinition = ({ IndexName, KeySchema, Projection }: Record<string, unknown>) => ({
  IndexName,
  KeySchema,
  Projection,
});

async function create(client: DynamoDBClient, name: string, properties: TableProperties): Promise<void> {
  await client.send(new CreateTableCommand({ TableName: name, ...definition(properties) }));
  await becomeActive(client, name);
  await setTimeToLive(client, name, properties);
}

async function update(
  client: DynamoDBClient,
  table: TableDescription,
  properties: TableProperties,
  found: Found,
): Promise<void> {
  const name = table.TableName ?? "";
  const wanted = definition(properties);
  const keysOf = (keys: unknown) =>
    JSON.stringify(
      (keys as { AttributeName: string; KeyType: string }[]).map(({ AttributeName, KeyType }) => [
        AttributeName,
        KeyType,
      ]),
    );
  if (keysOf(table.KeySchema ?? []) !== keysOf(wanted.KeySchema ?? [])) {
    throw new HostError(
      `The keys of table ${found.key} have changed; start over with an empty state: npm start -- --reset`,
    );
  }
  const localIndexes = (indexes: unknown) =>
    ((indexes ?? []) as { IndexName: string }[]).map(({ IndexName }) => IndexName).join();
  if (localIndexes(table.LocalSecondaryIndexes) !== localIndexes(wanted.LocalSecondaryIndexes)) {
    throw new HostError(
      `The local indexes of table ${found.key} have changed; start over with an empty state: npm start -- --reset`,
    );
  }
  const namesOf = (indexes: { IndexName?: string | undefined }[] | undefined) =>
    (indexes ?? []).flatMap(({ IndexName }) => IndexName ?? []);
  const [has, wants] = [namesOf(table.GlobalSecondaryIndexes), namesOf(wanted.GlobalSecondaryIndexes)];
  for (const IndexName of has.filter((index) => !wants.includes(index))) {
    await client.send(
      new UpdateTableCommand({ TableName: name, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }),
    );
  }
  for (const index of (wanted.GlobalSecondaryIndexes ?? []).filter(
    ({ IndexName }) => !has.includes(IndexName ?? ""),
  )) {
    const AttributeDefinitions = wanted.AttributeDefinitions;
    const { IndexName, KeySchema, Projection } = index;
    const Create = { IndexName, KeySchema, Projection };
    await client.send(
      new UpdateTableCommand({
        TableName: name,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create }],
      }),
    );
  }
  if (wanted.StreamSpecification && !table.StreamSpecification?.StreamEnabled) {
    await client.send(
      new UpdateTableCommand({ TableName: name, StreamSpecification: wanted.StreamSpecification }),
    );
  }
  await becomeActive(client, name);
  await setTimeToLive(client, name, properties);
}

async function setTimeToLive(
  client: DynamoDBClient,
  TableName: string,
  { TimeToLiveSpecification }: TableProperties,
): Promise<void> {
  const { AttributeName, Enabled = true } = TimeToLiveSpecification ?? {};
  if (AttributeName === undefined) return;
  try {
    await client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  } catch (error) {
    // DynamoDB refuses to be told again what it does already.
    if (!(error instanceof Error && /already enabled|already disabled/i.test(error.message))) throw error;
  }
}

async function becomeActive(client: DynamoDBClient, name: string): Promise<void> {
  for (;;) {
    const table = await describe(client, name);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    if (table?.TableStatus === "ACTIVE" && indexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE"))
      return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

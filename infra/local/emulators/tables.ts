import { createHash } from "node:crypto";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { State } from "../state.ts";
import type { StreamOfTable } from "../streams/stream-sources.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";

const TableProperties = z.looseObject({
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.optional(z.array(z.looseObject({ IndexName: z.string() }))),
  LocalSecondaryIndexes: z.optional(z.array(z.unknown())),
  StreamSpecification: z.optional(z.looseObject({ StreamViewType: z.string() })),
  TimeToLiveSpecification: z.optional(
    z.strictObject({ AttributeName: z.string(), Enabled: z.literal(true) }),
  ),
});
type TableProperties = z.infer<typeof TableProperties>;
type Definition = Omit<CreateTableCommandInput, "TableName">;

interface Parts {
  catalogue: Catalogue;
  state: State;
  /** DynamoDB was not started by us, and may hold tables of others. */
  external: boolean;
}

/**
 * Makes the templates' tables, or changes those of an earlier run to what the templates say now.
 * @returns the streams of the tables that have one
 * @throws HostError if a table cannot be changed without losing its items
 */
export async function makeTables(client: DynamoDBClient, parts: Parts): Promise<StreamOfTable[]> {
  const streams: StreamOfTable[] = [];
  for (const found of parts.catalogue.ofType("AWS::DynamoDB::Table")) {
    const stream = await makeTable(client, found, parts);
    if (stream) streams.push(stream);
  }
  return streams;
}

async function makeTable(
  client: DynamoDBClient,
  found: Found,
  { catalogue, state, external }: Parts,
): Promise<StreamOfTable | null> {
  const { physicalIds, hashes } = state.resources;
  const properties = catalogue.parse(found, TableProperties);
  const name = physicalIds[found.key] ?? catalogue.wantedName(found);
  const existing = await describe(client, name);
  if (existing && external && physicalIds[found.key] === undefined) {
    throw new HostError(
      `The DynamoDB at PORTERO_DYNAMODB_ENDPOINT already has a table ${name} from another state: delete it first.`,
    );
  }
  const hash = createHash("sha256").update(JSON.stringify(properties)).digest("hex");
  if (!existing) await create(client, name, properties);
  else if (hashes[found.key] !== hash) await update(client, existing, properties, found);
  physicalIds[found.key] = name;
  hashes[found.key] = hash;
  await state.save();
  const emulatorArn = (await describe(client, name))?.LatestStreamArn;
  if (!properties.StreamSpecification || emulatorArn === undefined) return null;
  return { emulatorArn, templateArn: catalogue.attributeOf(found, "StreamArn") };
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | null> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

/** The template's properties have the names and forms of the API's. */
function definition(properties: TableProperties): Definition {
  const { KeySchema, AttributeDefinitions, LocalSecondaryIndexes, StreamSpecification } = properties;
  const indexes = properties.GlobalSecondaryIndexes?.map(indexDefinition);
  return {
    KeySchema,
    AttributeDefinitions,
    BillingMode: "PAY_PER_REQUEST",
    ...(indexes && { GlobalSecondaryIndexes: indexes }),
    ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
    ...(StreamSpecification && { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
  } as Definition;
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
  requireSameKeys(table, wanted, found);
  const change = (input: Omit<UpdateTableCommandInput, "TableName">) =>
    client.send(new UpdateTableCommand({ TableName: name, ...input }));
  for (const changed of indexChanges(table, wanted)) await change(changed);
  if (wanted.StreamSpecification && !table.StreamSpecification?.StreamEnabled)
    await change({ StreamSpecification: wanted.StreamSpecification });
  await becomeActive(client, name);
  await setTimeToLive(client, name, properties);
}

/** @throws HostError if the keys or the local indexes changed: a table keeps those it was made with */
function requireSameKeys(table: TableDescription, wanted: Definition, { key }: Found): void {
  const keysOf = (keys: readonly KeySchemaElement[] = []) =>
    JSON.stringify(keys.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]));
  if (keysOf(table.KeySchema) !== keysOf(wanted.KeySchema))
    throw new HostError(
      `The keys of table ${key} have changed; start over with an empty state: npm start -- --reset`,
    );
  if (namesOf(table.LocalSecondaryIndexes).join() !== namesOf(wanted.LocalSecondaryIndexes).join())
    throw new HostError(
      `The local indexes of table ${key} have changed; start over with an empty state: npm start -- --reset`,
    );
}

const namesOf = (indexes: readonly { IndexName?: string | undefined }[] = []) =>
  indexes.flatMap(({ IndexName }) => IndexName ?? []);

/** One update for each global index that is to be deleted or created: DynamoDB takes no two at once. */
function indexChanges(
  table: TableDescription,
  wanted: Definition,
): Omit<UpdateTableCommandInput, "TableName">[] {
  const [before, after] = [namesOf(table.GlobalSecondaryIndexes), namesOf(wanted.GlobalSecondaryIndexes)];
  const deleted = before.filter((name) => !after.includes(name));
  const created = (wanted.GlobalSecondaryIndexes ?? []).filter(
    ({ IndexName = "" }) => !before.includes(IndexName),
  );
  return [
    ...deleted.map((IndexName) => ({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] })),
    ...created.map((index: GlobalSecondaryIndex) => ({
      AttributeDefinitions: wanted.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    })),
  ];
}

async function setTimeToLive(
  client: DynamoDBClient,
  TableName: string,
  { TimeToLiveSpecification }: TableProperties,
): Promise<void> {
  if (!TimeToLiveSpecification) return;
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  } catch (error) {
    // DynamoDB rejects a setting that the table already has.
    if (!(error instanceof Error && /already enabled/i.test(error.message))) throw error;
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

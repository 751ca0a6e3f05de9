import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetResourcePolicyCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { faultsOr, skipped, type Check, type Outcome } from "./check.ts";
import { ofType, type Place } from "./place.ts";
import { mainTable } from "./work.ts";

/* The check of the tables; it describes, and never changes. */

const TableProperties = z.looseObject({
  DeletionProtectionEnabled: z._default(z.boolean(), false),
  GlobalSecondaryIndexes: z._default(z.array(z.looseObject({ IndexName: z.string() })), []),
  LocalSecondaryIndexes: z._default(z.array(z.looseObject({ IndexName: z.string() })), []),
  StreamSpecification: z.optional(z.looseObject({ StreamViewType: z.string() })),
  TimeToLiveSpecification: z.optional(z.looseObject({ AttributeName: z.string() })),
  ResourcePolicy: z.optional(z.unknown()),
});
type TableProperties = z.infer<typeof TableProperties>;

async function tables(place: Place): Promise<Outcome[]> {
  const { client } = mainTable(place);
  const outcomes: Outcome[] = [];
  for (const resource of ofType(place, "AWS::DynamoDB::Table")) {
    const { physicalId: TableName } = resource;
    const wanted = z.parse(TableProperties, resource.properties);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const faults = [
      ...shapeFaults(Table ?? {}, wanted),
      ...(await timeToLiveFaults(client, TableName, wanted)),
      ...(place.directory === null ? await protectionFaults(client, Table ?? {}, wanted) : []),
    ].map((fault) => `${TableName}: ${fault}`);
    const protection = place.directory === null ? ", protected" : "";
    const seen = `${TableName}: active, with index, stream and expiry as in the template${protection}`;
    outcomes.push(...faultsOr(seen, faults, "switch it on again, or deploy again"));
  }
  if (place.directory !== null)
    outcomes.push(skipped("deletion protection and point-in-time recovery: the emulator has neither"));
  return outcomes;
}

function shapeFaults(
  { TableStatus, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [], ...table }: TableDescription,
  wanted: TableProperties,
): string[] {
  const active = GlobalSecondaryIndexes.filter(({ IndexStatus }) => IndexStatus === "ACTIVE");
  const found = [...active, ...LocalSecondaryIndexes].map(({ IndexName }) => IndexName);
  const stream = table.StreamSpecification?.StreamEnabled
    ? table.StreamSpecification.StreamViewType
    : undefined;
  return [
    ...(TableStatus === "ACTIVE" ? [] : [`its status is ${TableStatus ?? "unknown"}`]),
    ...[...wanted.GlobalSecondaryIndexes, ...wanted.LocalSecondaryIndexes]
      .filter(({ IndexName }) => !found.includes(IndexName))
      .map(({ IndexName }) => `the index ${IndexName} is not there or not active`),
    ...(stream === wanted.StreamSpecification?.StreamViewType
      ? []
      : [`its stream is ${stream ?? "off"}, not ${wanted.StreamSpecification?.StreamViewType ?? "off"}`]),
  ];
}

async function timeToLiveFaults(
  client: DynamoDBDocumentClient,
  TableName: string,
  { TimeToLiveSpecification }: TableProperties,
): Promise<string[]> {
  const { TimeToLiveDescription: seen } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const status = seen?.TimeToLiveStatus ?? "DISABLED";
  const attribute = status.startsWith("ENABL") ? seen?.AttributeName : undefined;
  const wanted = TimeToLiveSpecification?.AttributeName;
  return attribute === wanted
    ? []
    : [`items expire by ${attribute ?? "no attribute"}, not by ${wanted ?? "none"}`];
}

async function protectionFaults(
  client: DynamoDBDocumentClient,
  { TableName, TableArn, DeletionProtectionEnabled = false, SSEDescription }: TableDescription,
  wanted: TableProperties,
): Promise<string[]> {
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  return [
    ...(DeletionProtectionEnabled === wanted.DeletionProtectionEnabled
      ? []
      : [`deletion protection is ${DeletionProtectionEnabled ? "on" : "off"}`]),
    ...(recovery === "ENABLED" ? [] : ["point-in-time recovery is off"]),
    ...(SSEDescription?.Status === "ENABLED" ? [] : ["it is not encrypted with AWS's key in KMS"]),
    ...(wanted.ResourcePolicy === undefined ? [] : await appendOnlyFaults(client, TableArn)),
  ];
}

async function appendOnlyFaults(
  client: DynamoDBDocumentClient,
  ResourceArn: string | undefined,
): Promise<string[]> {
  const { Policy = "" } = await client.send(new GetResourcePolicyCommand({ ResourceArn })).catch(
    // A table without a policy is an error to DynamoDB.
    () => ({ Policy: "" }),
  );
  return /"Deny"/.test(Policy) && /dynamodb:DeleteItem/.test(Policy)
    ? []
    : ["no policy denies changes to the audit trail"];
}

export const tableChecks: readonly Check[] = [{ name: "tables", run: tables }];

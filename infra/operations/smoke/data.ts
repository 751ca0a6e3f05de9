import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  paginateListUserPoolClients,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetResourcePolicyCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { createDocumentClient } from "../../../shared/dynamodb/client.ts";
import { jobKey } from "../../../shared/dynamodb/keys.ts";
import { outputOf, settingsFor } from "../installation.ts";
import { oldestQueuedMail } from "../queued-mails.ts";
import { failed, faultsOr, ok, skipped, type Check, type Outcome } from "./check.ts";
import { ofType, type Place } from "./place.ts";

/* Checks of tables, user pool, jobs and outbox, all by reading. */

const mainTable = (place: Place) => ({
  client: createDocumentClient(settingsFor(place.installation, "dynamodb")),
  tableName: outputOf(place.installation, "TableName"),
});

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

const PoolProperties = z.looseObject({ DeletionProtection: z.optional(z.string()) });
const ClientProperties = z.looseObject({
  ExplicitAuthFlows: z._default(z.array(z.string()), []),
  AllowedOAuthFlows: z._default(z.array(z.string()), []),
  AllowedOAuthScopes: z._default(z.array(z.string()), []),
});

async function userPool(place: Place): Promise<Outcome[]> {
  const client = new CognitoIdentityProviderClient(settingsFor(place.installation, "cognito"));
  const UserPoolId = outputOf(place.installation, "UserPoolId");
  const { UserPool: pool = {} } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  const [wanted] = ofType(place, "AWS::Cognito::UserPool");
  const protection = z.parse(PoolProperties, wanted?.properties ?? {}).DeletionProtection;
  const trigger = pool.LambdaConfig?.PreTokenGenerationConfig;
  const faults = [
    ...(pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true ? [] : ["anyone can sign up"]),
    ...(trigger?.LambdaVersion === "V2_0" && /-portero-identity-token$/.test(trigger.LambdaArn ?? "")
      ? []
      : ["the admission check is not its trigger before tokens, version 2"]),
    ...(place.directory !== null || (pool.DeletionProtection ?? "INACTIVE") === (protection ?? "INACTIVE")
      ? []
      : [`deletion protection is ${pool.DeletionProtection ?? "INACTIVE"}`]),
  ];
  return [
    ...faultsOr(
      "closed, with the admission check before all tokens",
      faults,
      "deploy again; until then tokens may be issued to anyone: disable the pool's clients",
    ),
    ...(await clientOutcomes(place, client)),
  ];
}

async function clientOutcomes(place: Place, client: CognitoIdentityProviderClient): Promise<Outcome[]> {
  const UserPoolId = outputOf(place.installation, "UserPoolId");
  const wanted = new Map(
    ofType(place, "AWS::Cognito::UserPoolClient").map(
      ({ physicalId, properties }) => [physicalId, z.parse(ClientProperties, properties)] as const,
    ),
  );
  const faults: string[] = [];
  const found = new Set<string>();
  for await (const { UserPoolClients = [] } of paginateListUserPoolClients({ client }, { UserPoolId })) {
    for (const { ClientId = "", ClientName = "" } of UserPoolClients) {
      found.add(ClientId);
      const expected = wanted.get(ClientId);
      if (!expected) {
        faults.push(`the app client ${ClientName} (${ClientId}) is not ours`);
        continue;
      }
      const described = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const seen = z.parse(ClientProperties, described.UserPoolClient ?? {});
      faults.push(
        ...(["ExplicitAuthFlows", "AllowedOAuthFlows", "AllowedOAuthScopes"] as const)
          .filter((name) => !sameTexts(seen[name], expected[name]))
          .map((name) => `the app client ${ClientName} has ${name} ${seen[name].join(", ") || "none"}`),
      );
    }
  }
  for (const id of wanted.keys()) if (!found.has(id)) faults.push(`the app client ${id} does not exist`);
  return faultsOr(
    `${found.size} app clients, with their own flows alone`,
    faults,
    "remove it, or deploy again",
  );
}

const sameTexts = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

const dailyJobs = ["deactivate-inactive", "warn-password-expiry"];

/** The jobs run every day; a run that failed is tried again for six hours. */
const jobPatienceHours = 24 + 7;

const JobItem = z.looseObject({
  lastRun: z.looseObject({ until: z.string(), complete: z.boolean() }),
});

const hoursBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000;

/** True while the installation's data is too young for daily work to have been done. */
export async function isYoung(place: Place): Promise<boolean> {
  const { client, tableName: TableName } = mainTable(place);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return hoursBetween(Table?.CreationDateTime ?? new Date(0), place.now) < jobPatienceHours;
}

async function jobs(place: Place): Promise<Outcome[]> {
  const { client, tableName: TableName } = mainTable(place);
  const young = await isYoung(place);
  const todo = "docs/runbooks/job-missed.md and docs/runbooks/job-failed.md";
  const outcomes = dailyJobs.map(async (job): Promise<Outcome> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: jobKey(job) }));
    const item = z.safeParse(JobItem, Item);
    if (!item.success)
      return young
        ? skipped(`${job}: the installation is younger than a day; its first run is at five, UTC`)
        : failed(`${job} has never run`, todo);
    const { until, complete } = item.data.lastRun;
    if (hoursBetween(new Date(until), place.now) > jobPatienceHours)
      return failed(`${job} last ran at ${until}`, todo);
    return complete ? ok(`${job}: ${until}`) : failed(`${job} left entries undone at ${until}`, todo);
  });
  return Promise.all(outcomes);
}

/** The threshold of the alarm "oldest mail". */
const mailPatienceMinutes = 30;

async function outbox(place: Place): Promise<Outcome[]> {
  const oldest = await oldestQueuedMail(mainTable(place));
  if (oldest === null) return [ok("no mail waits")];
  const minutes = Math.floor(hoursBetween(oldest, place.now) * 60);
  return minutes < mailPatienceMinutes
    ? [ok(`the oldest mail waits for ${minutes} minutes`)]
    : [failed(`a mail waits for ${minutes} minutes`, "docs/runbooks/oldest-mail.md")];
}

export const dataChecks: readonly Check[] = [
  { name: "tables", run: tables },
  { name: "user-pool", run: userPool },
  { name: "jobs", run: jobs },
  { name: "outbox", run: outbox },
];

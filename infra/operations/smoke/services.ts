import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  BackupClient,
  DescribeBackupVaultCommand,
  GetBackupPlanCommand,
  paginateListRecoveryPointsByBackupVault,
} from "@aws-sdk/client-backup";
import {
  CloudWatchClient,
  ListMetricsCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import {
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import {
  DescribeConfigurationSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from "@aws-sdk/client-ses";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  GetWebACLCommand,
  ListResourcesForWebACLCommand,
  type ResourceType,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import * as z from "zod/mini";
import { metricNamespace } from "../../../shared/domain/measurements.ts";
import { outputOf, queueSettings } from "../installation.ts";
import { ask, failed, faultsOr, ok, skipped, type Check, type Outcome } from "./check.ts";
import { isYoung } from "./data.ts";
import { ofType, type Place, type Resource } from "./place.ts";

/* Checks of the services around the app: they describe and list, and never change. */

const again = "deploy again";

/** A check of services that have no stand-in on this machine. */
const onAws =
  (service: string, run: (place: Place) => Promise<Outcome[]>): Check["run"] =>
  (place) =>
    place.directory === null
      ? run(place)
      : Promise.resolve([skipped(`there is no stand-in for ${service} on this machine`)]);

/** The faults of all resources of a type, each beginning with the resource's name. */
async function faultsOfAll(
  place: Place,
  type: string,
  faultsOf: (resource: Resource) => Promise<readonly string[]>,
): Promise<{ readonly count: number; readonly faults: string[] }> {
  const faults: string[] = [];
  const resources = ofType(place, type);
  // A check of nothing would be green for the wrong reason.
  if (resources.length === 0) faults.push(`the stacks have no ${type}`);
  for (const resource of resources) {
    const found = await faultsOf(resource);
    faults.push(...found.map((fault) => `${resource.physicalId}: ${fault}`));
  }
  return { count: resources.length, faults };
}

const FunctionProperties = z.looseObject({
  Runtime: z.optional(z.string()),
  MemorySize: z.optional(z.number()),
  Timeout: z.optional(z.number()),
  ReservedConcurrentExecutions: z.optional(z.number()),
});

async function functions(place: Place): Promise<Outcome[]> {
  const client = new LambdaClient(place.installation.client);
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::Lambda::Function",
    async ({ physicalId: FunctionName, properties }) => {
      const wanted = z.parse(FunctionProperties, properties);
      const seen = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { ReservedConcurrentExecutions: reserved } = await client.send(
        new GetFunctionConcurrencyCommand({ FunctionName }),
      );
      const named = ["Runtime", "MemorySize", "Timeout"] as const;
      return [
        // A function that was not called for weeks is inactive, and wakes with the next call.
        ...(["Active", "Inactive"].includes(seen.State ?? "Active")
          ? []
          : [`its state is ${seen.State ?? ""}`]),
        ...(seen.LastUpdateStatus === "Failed" ? ["its last update failed"] : []),
        ...named
          .filter((name) => wanted[name] !== undefined && seen[name] !== wanted[name])
          .map((name) => `${name} is ${seen[name] ?? "unset"}, not ${wanted[name] ?? ""}`),
        ...(reserved === wanted.ReservedConcurrentExecutions
          ? []
          : [
              `${reserved ?? "no"} containers are reserved, not ${wanted.ReservedConcurrentExecutions ?? "none"}`,
            ]),
      ];
    },
  );
  return faultsOr(`${count} active, with the size and reservation of the template`, faults, again);
}

/** The least that leaves 100 for all functions beside reservations for signing in and mail, as in `production`. */
const leastConcurrency = 160;

async function concurrency({ installation }: Place): Promise<Outcome[]> {
  const { AccountLimit } = await new LambdaClient(installation.client).send(
    new GetAccountSettingsCommand({}),
  );
  const limit = AccountLimit?.ConcurrentExecutions ?? 0;
  return limit >= leastConcurrency
    ? [ok(`the account may run ${limit} containers at once`)]
    : [
        ask(
          `The account may run ${limit} containers at once. That is enough for a trial; request 1,000 before people use it (docs/deploy.md, prerequisite 2).`,
        ),
      ];
}

/** CloudFormation fills the secret in as an attribute, and a function with another one can sign nobody in. */
async function clientSecret(place: Place): Promise<Outcome[]> {
  const { installation } = place;
  const lambda = new LambdaClient(installation.client);
  const cognito = new CognitoIdentityProviderClient(installation.client);
  const ids = {
    UserPoolId: outputOf(installation, "UserPoolId"),
    ClientId: outputOf(installation, "UserPoolClientId"),
  };
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand(ids));
  const secret = UserPoolClient?.ClientSecret;
  let holders = 0;
  const { faults } = await faultsOfAll(
    place,
    "AWS::Lambda::Function",
    async ({ physicalId: FunctionName }) => {
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const held = Environment?.Variables?.["USER_POOL_CLIENT_SECRET"];
      if (held !== undefined) holders += 1;
      return held === undefined || held === secret ? [] : ["it has another secret of the app client"];
    },
  );
  if (secret === undefined || holders === 0)
    return [failed("the app client or its functions have no secret", again)];
  return faultsOr(`the same in Cognito and in ${holders} functions`, faults, again);
}

async function stream(place: Place): Promise<Outcome[]> {
  const client = new LambdaClient(place.installation.client);
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::Lambda::EventSourceMapping",
    async ({ physicalId: UUID, properties }) => {
      const { State, FilterCriteria, LastProcessingResult } = await client.send(
        new GetEventSourceMappingCommand({ UUID }),
      );
      return [
        ...(State === "Enabled" ? [] : [`its state is ${State ?? "unknown"}`]),
        ...("FilterCriteria" in properties && !FilterCriteria?.Filters?.length
          ? ["it has no filter: send-mail is called for every change"]
          : []),
        ...(LastProcessingResult?.startsWith("PROBLEM") ? [LastProcessingResult] : []),
      ];
    },
  );
  return faultsOr(`${count} enabled, with its filter`, faults, "docs/runbooks/oldest-mail.md");
}

async function schedules(place: Place): Promise<Outcome[]> {
  const client = new EventBridgeClient(place.installation.client);
  const { count, faults } = await faultsOfAll(place, "AWS::Events::Rule", async ({ physicalId: Name }) => {
    const { State } = await client.send(new DescribeRuleCommand({ Name }));
    return State === "ENABLED" ? [] : [`its state is ${State ?? "unknown"}`];
  });
  return faultsOr(`${count} rules enabled`, faults, "enable it; then docs/runbooks/replay-job.md");
}

async function deadLetters(place: Place): Promise<Outcome[]> {
  const { count, faults } = await faultsOfAll(place, "AWS::SQS::Queue", async (queue) => {
    const messages = await messagesIn(queue, place);
    return messages === 0 ? [] : [`${messages} dead letters`];
  });
  return faultsOr(`${count} queues, all empty`, faults, "docs/runbooks/dead-letters.md");
}

async function messagesIn(
  { physicalId: QueueUrl, logicalId }: Resource,
  { installation, directory }: Place,
): Promise<number> {
  if (directory !== null) {
    const lines = await readFile(join(directory, "queues", `${logicalId}.jsonl`), "utf8").catch(() => "");
    return lines.split("\n").filter(Boolean).length;
  }
  const { Attributes } = await new SQSClient(queueSettings(installation)).send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

async function alarms(place: Place): Promise<Outcome[]> {
  const client = new CloudWatchClient(place.installation.client);
  const found = new Map<string, MetricAlarm>();
  const AlarmNames = ofType(place, "AWS::CloudWatch::Alarm").map(({ physicalId }) => physicalId);
  // DescribeAlarms takes 100 names at a time.
  for (let start = 0; start < AlarmNames.length; start += 100) {
    const some = { AlarmNames: AlarmNames.slice(start, start + 100) };
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, some))
      for (const alarm of MetricAlarms) found.set(alarm.AlarmName ?? "", alarm);
  }
  const young = await isYoung(place);
  const faults = AlarmNames.length === 0 ? ["the stacks have no alarms"] : [];
  const questions: Outcome[] = [];
  for (const name of AlarmNames) {
    const alarm = found.get(name);
    if (!alarm) faults.push(`${name} does not exist`);
    else if (!alarm.ActionsEnabled || !alarm.AlarmActions?.length) faults.push(`${name} tells nobody`);
    else if (alarm.StateValue === "ALARM" && young && name.includes("Missed"))
      questions.push(
        ask(`${name} is on, as it should be until the job's first run. Has its mail arrived at alarmEmail?`),
      );
    else if (alarm.StateValue === "ALARM") faults.push(`${name} is on: ${alarm.AlarmDescription ?? ""}`);
  }
  const seen = `${AlarmNames.length} alarms, with an action each; none is on`;
  return [...questions, ...faultsOr(seen, faults, "follow the alarm's runbook, or deploy again")];
}

async function metrics(place: Place): Promise<Outcome[]> {
  const client = new CloudWatchClient(place.installation.client);
  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: metricNamespace }));
  const names = new Set(Metrics.map(({ MetricName = "" }) => MetricName));
  if (names.size > 0) return [ok(`extracted from the logs: ${[...names].sort().join(", ")}`)];
  return (await isYoung(place))
    ? [skipped("none yet, and the installation is younger than a day: sign in, and run this again")]
    : [
        failed(
          `no metric in ${metricNamespace}`,
          "compare the log of sessions with CloudWatch's embedded format",
        ),
      ];
}

const LogProperties = z.looseObject({ RetentionInDays: z.optional(z.number()) });

async function logs(place: Place): Promise<Outcome[]> {
  const client = new CloudWatchLogsClient(place.installation.client);
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::Logs::LogGroup",
    async ({ physicalId: logGroupNamePrefix, properties }) => {
      const wanted = z.parse(LogProperties, properties).RetentionInDays;
      for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
        const group = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
        if (!group) continue;
        const seen = group.retentionInDays;
        return seen === wanted ? [] : [`kept for ${seen ?? "all"} days, not ${wanted ?? "all"}`];
      }
      return ["it does not exist"];
    },
  );
  return faultsOr(`${count} groups, kept as long as configured`, faults, again);
}

const protectedTypes: readonly ResourceType[] = ["API_GATEWAY", "COGNITO_USER_POOL"];

async function firewalls(place: Place): Promise<Outcome[]> {
  const client = new WAFV2Client(place.installation.client);
  const { count, faults } = await faultsOfAll(place, "AWS::WAFv2::WebACL", async ({ physicalId }) => {
    // CloudFormation's `Ref` is name|id|scope.
    const [Name, Id] = physicalId.split("|");
    const { WebACL } = await client.send(new GetWebACLCommand({ Name, Id, Scope: "REGIONAL" }));
    const lists = protectedTypes.map((type) =>
      client.send(new ListResourcesForWebACLCommand({ WebACLArn: WebACL?.ARN, ResourceType: type })),
    );
    const attached = (await Promise.all(lists)).flatMap(({ ResourceArns = [] }) => ResourceArns);
    return attached.length > 0 ? [] : ["it protects nothing"];
  });
  return faultsOr(`${count} attached`, faults, again);
}

/** SES lets an account in the sandbox send this many mails a day. */
const sandboxMails = 200;

async function mail(place: Place): Promise<Outcome[]> {
  const client = new SESClient(place.installation.client);
  const identities = ofType(place, "AWS::SES::EmailIdentity").map(({ physicalId }) => physicalId);
  const Identities = { Identities: identities };
  const [verification, dkim, quota, sending] = await Promise.all([
    client.send(new GetIdentityVerificationAttributesCommand(Identities)),
    client.send(new GetIdentityDkimAttributesCommand(Identities)),
    client.send(new GetSendQuotaCommand({})),
    client.send(new GetAccountSendingEnabledCommand({})),
  ]);
  const outcomes = identities.flatMap((identity) => {
    const verified = verification.VerificationAttributes?.[identity]?.VerificationStatus;
    const signed = dkim.DkimAttributes?.[identity];
    const faults = [
      ...(verified === "Success" ? [] : [`${identity} is not verified: ${verified ?? "unknown"}`]),
      ...(signed?.DkimEnabled && signed.DkimVerificationStatus === "Success"
        ? []
        : [`DKIM of ${identity} is ${signed?.DkimVerificationStatus ?? "off"}`]),
    ];
    const todo = "put the outputs DkimRecord1 to 3 into the domain's DNS; SES looks for them for 72 hours";
    return faultsOr(`${identity} is verified, with DKIM`, faults, todo);
  });
  const most = quota.Max24HourSend ?? 0;
  return [
    ...outcomes,
    ...(sending.Enabled
      ? []
      : [failed("sending is paused for the account", "SES console → Account dashboard")]),
    most > sandboxMails || most < 0
      ? ok(`the account sends up to ${most} mails a day`)
      : failed(`the account is in the sandbox: ${most} mails a day`, "request production access"),
    ...(await feedbackOutcomes(place, client)),
  ];
}

async function feedbackOutcomes(place: Place, client: SESClient): Promise<Outcome[]> {
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::SES::ConfigurationSet",
    async ({ physicalId: ConfigurationSetName }) => {
      const { EventDestinations = [] } = await client.send(
        new DescribeConfigurationSetCommand({
          ConfigurationSetName,
          ConfigurationSetAttributeNames: ["eventDestinations"],
        }),
      );
      const events = EventDestinations.filter(
        ({ Enabled, SNSDestination }) => Enabled && SNSDestination,
      ).flatMap(({ MatchingEventTypes = [] }) => MatchingEventTypes);
      return (["bounce", "complaint", "delivery"] as const)
        .filter((event) => !events.includes(event))
        .map((event) => `no feedback on ${event}`);
    },
  );
  return faultsOr(`${count} configuration set, with feedback`, faults, again);
}

/** A day, and the hours that a backup may take to begin and end. */
const backupPatienceHours = 24 + 12;

async function backups(place: Place): Promise<Outcome[]> {
  const [vault] = ofType(place, "AWS::Backup::BackupVault");
  if (!vault) return [skipped("this stage's data may be destroyed, so that it has no backups")];
  const client = new BackupClient(place.installation.client);
  const BackupVaultName = vault.physicalId;
  const { Locked } = await client.send(new DescribeBackupVaultCommand({ BackupVaultName }));
  const outcomes: Outcome[] = [
    Locked ? ok(`${BackupVaultName} is locked`) : failed(`${BackupVaultName} is not locked`, again),
  ];
  const plans = await faultsOfAll(place, "AWS::Backup::BackupPlan", async ({ physicalId: BackupPlanId }) => {
    const { BackupPlan } = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
    const names = (BackupPlan?.Rules ?? []).map(({ RuleName = "" }) => RuleName);
    return ["daily", "monthly"].filter((rule) => !names.includes(rule)).map((rule) => `no ${rule} backups`);
  });
  outcomes.push(...faultsOr("backups are made daily and monthly", plans.faults, again));
  const newest = new Map<string, Date>();
  for await (const page of paginateListRecoveryPointsByBackupVault({ client }, { BackupVaultName })) {
    for (const { ResourceArn = "", CompletionDate, Status } of page.RecoveryPoints ?? []) {
      const table = ResourceArn.split("/").at(-1) ?? "";
      if (Status === "COMPLETED" && CompletionDate && CompletionDate > (newest.get(table) ?? new Date(0)))
        newest.set(table, CompletionDate);
    }
  }
  const young = await isYoung(place);
  for (const { physicalId } of ofType(place, "AWS::DynamoDB::Table")) {
    const last = newest.get(physicalId);
    const hours = last && (place.now.getTime() - last.getTime()) / 3_600_000;
    if (last && hours !== undefined && hours < backupPatienceHours)
      outcomes.push(ok(`${physicalId}: ${last.toISOString()}`));
    else if (young) outcomes.push(skipped(`${physicalId}: its first backup is at two, UTC`));
    else
      outcomes.push(
        failed(
          `${physicalId}: the last backup is of ${last?.toISOString() ?? "no time"}`,
          "docs/runbooks/backup-failed.md",
        ),
      );
  }
  return outcomes;
}

export const serviceChecks: readonly Check[] = [
  { name: "functions", run: onAws("describing functions", functions) },
  { name: "concurrency", run: onAws("the account's quotas", concurrency) },
  { name: "client-secret", run: onAws("describing functions", clientSecret) },
  { name: "stream", run: onAws("describing event sources", stream) },
  { name: "schedules", run: onAws("EventBridge", schedules) },
  { name: "dead-letters", run: deadLetters },
  { name: "alarms", run: onAws("CloudWatch", alarms) },
  { name: "metrics", run: onAws("CloudWatch", metrics) },
  { name: "logs", run: onAws("CloudWatch Logs", logs) },
  { name: "firewalls", run: onAws("WAF", firewalls) },
  { name: "mail", run: onAws("describing SES's account", mail) },
  { name: "backups", run: onAws("AWS Backup", backups) },
];

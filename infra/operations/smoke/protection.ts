import {
  BackupClient,
  DescribeBackupVaultCommand,
  GetBackupPlanCommand,
  paginateListRecoveryPointsByBackupVault,
} from "@aws-sdk/client-backup";
import {
  GetWebACLCommand,
  ListResourcesForWebACLCommand,
  type ResourceType,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import { failed, faultsOr, ok, skipped, type Check, type Outcome } from "./check.ts";
import { isYoung } from "./work.ts";
import { ofType, type Place } from "./place.ts";
import { again, faultsOfAll, onAws } from "./resources.ts";

/* Checks of firewalls and backups; they describe, and never change. */

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

export const protectionChecks: readonly Check[] = [
  { name: "firewalls", run: onAws("WAF", firewalls) },
  { name: "backups", run: onAws("AWS Backup", backups) },
];

import { Duration, Validations } from "aws-cdk-lib";
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from "aws-cdk-lib/aws-backup";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Schedule } from "aws-cdk-lib/aws-events";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { serviceMetric } from "./metrics.ts";
import type { Monitoring } from "./monitoring.ts";

export interface BackupsProps {
  readonly tables: readonly Table[];
  readonly monitoring: Monitoring;
}

/** The longest that a backup is kept; the shortest is as long as point-in-time recovery goes back. */
const longest = Duration.days(365);
const shortest = Duration.days(35);

/**
 * Backups of the tables in a locked vault. Point-in-time recovery ends with its table; these outlive it, and nobody,
 * the root user included, can delete one before its time.
 */
export class Backups extends Construct {
  readonly vault: BackupVault;

  constructor(scope: Construct, id: string, { tables, monitoring }: BackupsProps) {
    super(scope, id);
    this.vault = new BackupVault(this, "Vault", {
      backupVaultName: `${monitoring.stage}-portero-backups`,
      // After the days of `changeableFor` the lock itself cannot be removed any more (AWS Backup, "Vault Lock").
      lockConfiguration: { minRetention: shortest, maxRetention: longest, changeableFor: Duration.days(7) },
    });
    const role = new Role(this, "ServiceRole", {
      assumedBy: new ServicePrincipal("backup.amazonaws.com"),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSBackupServiceRolePolicyForBackup"),
      ],
    });
    const plan = new BackupPlan(this, "Plan", {
      backupVault: this.vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: "daily",
          scheduleExpression: Schedule.cron({ hour: "2", minute: "0" }),
          deleteAfter: shortest,
        }),
        new BackupPlanRule({
          ruleName: "monthly",
          scheduleExpression: Schedule.cron({ day: "1", hour: "3", minute: "0" }),
          deleteAfter: longest,
        }),
      ],
    });
    plan.addSelection("Tables", {
      role,
      resources: tables.map((table) => BackupResource.fromArn(table.tableArn)),
      // AWS's policy for backups is on the role already.
      disableDefaultBackupPolicy: true,
    });
    monitoring.watch(this, "backup-failed", {
      metric: serviceMetric(
        ["AWS/Backup", "NumberOfBackupJobsFailed"],
        { BackupVaultName: this.vault.backupVaultName },
        { period: Duration.hours(1) },
      ),
      threshold: 1,
      description: "A backup of a table failed.",
      runbook: "backup-failed",
    });
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]",
      reason:
        "AWS Backup keeps its own list of the actions that a backup needs; only that service takes the role.",
    });
  }
}

import { CfnOutput, RemovalPolicy, Stack, type App } from "aws-cdk-lib";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Configuration } from "../config.ts";
import { Backups } from "../constructs/backups.ts";
import { Budget } from "../constructs/budget.ts";
import { ClosedUserPool } from "../constructs/closed-user-pool.ts";
import { LoginFirewall } from "../constructs/login-firewall.ts";
import { alarmPeriod, ownMetric, without } from "../constructs/metrics.ts";
import { Monitoring } from "../constructs/monitoring.ts";
import { PorteroLogin } from "../constructs/portero-login.ts";
import { Tables } from "../constructs/tables.ts";
import { TriggerFunction } from "../constructs/trigger-function.ts";
import { functionNeeds } from "../functions.ts";

/**
 * The resources that hold data: tables and user pool. The admission check is here too, so that the pool cannot be
 * deployed without it and give tokens to anyone with a password.
 */
export class DataStack extends Stack {
  readonly tables: Tables;
  readonly userPool: ClosedUserPool;
  readonly monitoring: Monitoring;

  constructor(app: App, configuration: Configuration) {
    super(app, `${configuration.stage}-portero-data`, {
      description: "Portero user administration: its data",
      env: { region: configuration.region },
      terminationProtection: configuration.removalPolicy === RemovalPolicy.RETAIN,
    });
    const { removalPolicy } = configuration;
    this.monitoring = new Monitoring(this, "Monitoring", configuration);
    this.tables = new Tables(this, "Tables", { removalPolicy });
    // A stage whose data may be destroyed needs no copies that nobody can delete.
    if (removalPolicy === RemovalPolicy.RETAIN) {
      const { main, audit } = this.tables;
      const { vault } = new Backups(this, "Backups", {
        tables: [main, audit],
        monitoring: this.monitoring,
      });
      new CfnOutput(this, "BackupVault", { value: vault.backupVaultName });
    }
    const admissionCheck = new TriggerFunction(this, "IdentityToken", {
      name: "identity-token",
      needs: functionNeeds["identity-token"],
      surroundings: { tables: this.tables, variables: {} },
      stage: configuration.stage,
      logRetention: configuration.logRetentionDays,
      removalPolicy,
      reservedConcurrency: configuration.reservedConcurrency?.["identity-token"],
    });
    this.#watchAdmission(admissionCheck.function);
    new Budget(this, "Budget", {
      dollarsPerMonth: configuration.dollarsPerMonth,
      monitoring: this.monitoring,
    });
    this.userPool = new ClosedUserPool(this, "UserPool", {
      settings: configuration.settings,
      removalPolicy,
      admissionCheck: admissionCheck.function,
      jwksOrigin: configuration.jwksOrigin,
    });
    const login = new PorteroLogin(this, "PorteroLogin", {
      pool: this.userPool.pool,
      settings: configuration.settings,
      stage: configuration.stage,
      callbackUrls: configuration.porteroCallbackUrls,
      logoutUrl: configuration.contacts.porteroUrl,
      clientSecret: configuration.porteroClientSecret,
      domainPrefix: configuration.loginDomainPrefix,
    });
    new LoginFirewall(this, "LoginFirewall", { stage: configuration.stage, pool: this.userPool.pool });
    this.#addOutputs(login);
  }

  /** The admission check can refuse only by failing, so its failures are those that are no refusals. */
  #watchAdmission(admissionCheck: IFunction): void {
    const refused = ownMetric(this.monitoring.stage, "AdmissionsRefused");
    this.monitoring.watch(this, "admissions-refused", {
      metric: refused,
      threshold: 50,
      description: "The admission check refuses many people whose password is right.",
      runbook: "admission",
    });
    const errors = admissionCheck.metricErrors({ period: alarmPeriod, statistic: "Sum" });
    this.monitoring.watch(this, "admission-failed", {
      metric: without(errors, refused, "Failures that are no refusals"),
      threshold: 3,
      // Of the last period, refusals can arrive later than failures do.
      periods: 2,
      description: "The admission check fails, so that people with a right password cannot sign in.",
      runbook: "admission",
    });
  }

  #addOutputs(login: PorteroLogin): void {
    new CfnOutput(this, "PorteroLoginUrl", { value: login.address });
    new CfnOutput(this, "PorteroClientId", { value: login.client.userPoolClientId });
    new CfnOutput(this, "UserPoolId", { value: this.userPool.pool.userPoolId });
    new CfnOutput(this, "UserPoolClientId", { value: this.userPool.client.userPoolClientId });
    new CfnOutput(this, "TableName", { value: this.tables.main.tableName });
    new CfnOutput(this, "AuditTableName", { value: this.tables.audit.tableName });
  }
}

import { CfnOutput, RemovalPolicy, Stack, type App } from "aws-cdk-lib";
import type { Configuration } from "../config.ts";
import { Backups } from "../constructs/backups.ts";
import { ClosedUserPool } from "../constructs/closed-user-pool.ts";
import { LoginFirewall } from "../constructs/login-firewall.ts";
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
        stage: configuration.stage,
        tables: [main, audit],
        monitoring: this.monitoring,
      });
      new CfnOutput(this, "BackupVault", { value: vault.backupVaultName });
    }
    const admissionCheck = new TriggerFunction(this, "IdentityToken", {
      name: "identity-token",
      needs: functionNeeds["identity-token"],
      surroundings: { tables: this.tables, variables: {} },
      monitoring: this.monitoring,
      logRetention: configuration.logRetentionDays,
      removalPolicy,
      reservedConcurrency: configuration.reservedConcurrency?.["identity-token"],
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
    new LoginFirewall(this, "LoginFirewall", { pool: this.userPool.pool });
    this.#addOutputs(login);
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

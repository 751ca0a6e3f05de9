import { describe, expect, it } from "vitest";
import { functions, production, referred, resource, resources, synthesised } from "./template.ts";

const { data, app } = production;
const tables = resources(data, "AWS::DynamoDB::Table");
const [main, audit] = [
  tables.find(({ path }) => path.endsWith("/Portero")),
  tables.find(({ path }) => path.endsWith("/PorteroAudit")),
];
const pool = resource(data, "AWS::Cognito::UserPool");
const clients = resources(data, "AWS::Cognito::UserPoolClient");
const client = clients.find(({ path }) => path === "UserPool/Pool/Client")?.Properties ?? {};
const portero = clients.find(({ path }) => path === "UserPool/Pool/PorteroClient");

describe("the tables", () => {
  it("are two, and their names are given out by AWS", () => {
    expect(tables).toHaveLength(2);
    expect(tables.filter(({ Properties }) => "TableName" in Properties)).toEqual([]);
  });

  it.each([main, audit])(
    "$path is kept, protected, recoverable to a moment, encrypted, and paid by use",
    (table) => {
      expect(table).toMatchObject({
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
        Properties: {
          BillingMode: "PAY_PER_REQUEST",
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true },
          KeySchema: [
            { AttributeName: "PK", KeyType: "HASH" },
            { AttributeName: "SK", KeyType: "RANGE" },
          ],
        },
      });
    },
  );

  it("the main one streams new items, forgets what has expired, and has a sparse index of keys alone", () => {
    expect(main?.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      TimeToLiveSpecification: { AttributeName: "expireAt", Enabled: true },
      GlobalSecondaryIndexes: [{ IndexName: "due", Projection: { ProjectionType: "KEYS_ONLY" } }],
    });
  });

  it("the main one has a local index, since only of those strongly consistent reads are to be had", () => {
    expect(main?.Properties["LocalSecondaryIndexes"]).toMatchObject([
      {
        IndexName: "changed",
        KeySchema: [{ AttributeName: "PK" }, { AttributeName: "c" }],
        Projection: { ProjectionType: "ALL" },
      },
    ]);
  });

  it("the audit trail never expires, and denies every role to change or delete any of its events", () => {
    expect(audit?.Properties).not.toHaveProperty("TimeToLiveSpecification");
    expect(audit?.Properties["ResourcePolicy"]).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: expect.arrayContaining([
              "dynamodb:UpdateItem",
              "dynamodb:DeleteItem",
              "dynamodb:BatchWriteItem",
              "dynamodb:PartiQLUpdate",
              "dynamodb:PartiQLDelete",
            ]) as unknown,
          },
        ],
      },
    });
  });

  it("the local stage leaves nothing behind", () => {
    const local = resources(synthesised.local.data, "AWS::DynamoDB::Table", "AWS::Cognito::UserPool");
    expect(local.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(["Delete", "Delete", "Delete"]);
  });
});

describe("the user pool (SECURITY 7–9)", () => {
  it("lets nobody in by themselves: no sign-up, no recovery, no other names than login names", () => {
    expect(pool.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
      UsernameConfiguration: { CaseSensitive: false },
    });
    for (const way of ["AliasAttributes", "UsernameAttributes", "AutoVerifiedAttributes"]) {
      expect(pool.Properties).not.toHaveProperty(way);
    }
    for (const way of ["AWS::Cognito::UserPoolIdentityProvider", "AWS::Cognito::IdentityPool"]) {
      expect([...resources(data, way), ...resources(app, way)]).toEqual([]);
    }
  });

  it("is kept and protected", () => {
    expect(pool).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: { DeletionProtection: "ACTIVE", UserPoolTier: "ESSENTIALS" },
    });
  });

  it("has no password policy but a minimum length, because we judge passwords", () => {
    expect(pool.Properties["Policies"]).toEqual({
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: false,
        RequireUppercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
      },
    });
  });

  it("calls the admission check before every token, and no other trigger", () => {
    const admissionCheck = functions(production).get("identity-token");
    const { LambdaConfig } = pool.Properties as {
      LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: unknown } };
    };
    expect(LambdaConfig).toEqual({
      PreTokenGenerationConfig: {
        LambdaVersion: "V2_0",
        LambdaArn: LambdaConfig.PreTokenGenerationConfig.LambdaArn,
      },
    });
    expect(referred(LambdaConfig.PreTokenGenerationConfig.LambdaArn)).toBe(admissionCheck?.logicalId);
  });

  it("has an attribute for the organisation that nobody can change", () => {
    expect(pool.Properties["Schema"]).toEqual([
      { AttributeDataType: "String", Mutable: false, Name: "organisationId" },
    ]);
  });
});

describe("the app client (SECURITY 7, 9)", () => {
  it("has a secret, and no flows but those of our functions", () => {
    expect(client).toMatchObject({
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      AllowedOAuthFlowsUserPoolClient: false,
      SupportedIdentityProviders: ["COGNITO"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
    });
    expect(client).not.toHaveProperty("AllowedOAuthFlows");
  });

  it("gives tokens for as long as the configuration says", () => {
    expect(client).toMatchObject({
      IdTokenValidity: 15,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 480,
      TokenValidityUnits: { IdToken: "minutes", AccessToken: "minutes", RefreshToken: "minutes" },
    });
  });

  it("can write nothing that anything reads, least of all the organisation", () => {
    expect(client["WriteAttributes"]).toEqual(["locale"]);
    expect(client["ReadAttributes"]).toEqual(["custom:organisationId"]);
  });
});

describe("the app client's secret", () => {
  const secret = resource(data, "AWS::SecretsManager::Secret");

  it("is kept by Secrets Manager, as Cognito made it", () => {
    const { logicalId } = clients.find(({ path }) => path === "UserPool/Pool/Client")!;
    expect(secret.Properties["SecretString"]).toEqual({ "Fn::GetAtt": [logicalId, "ClientSecret"] });
  });

  it("stands in no other property and no output of the templates", () => {
    const all = JSON.stringify([data, app]);
    expect(all.match(/"ClientSecret"/g)).toHaveLength(1);
  });

  it("reaches only the functions that sign people in, when they are deployed", () => {
    const having = [...functions(production)].filter(([, { Properties }]) => {
      const { Variables = {} } = (Properties["Environment"] ?? {}) as { Variables?: Record<string, unknown> };
      if (!("USER_POOL_CLIENT_SECRET" in Variables)) return false;
      expect(JSON.stringify(Variables["USER_POOL_CLIENT_SECRET"])).toMatch(
        /\{\{resolve:secretsmanager:.*Fn::ImportValue.*:SecretString:::\}\}/,
      );
      return true;
    });
    expect(having.map(([name]) => name).sort()).toEqual(["passwords", "sessions", "web"]);
  });
});

describe("the client for Portero", () => {
  it("is the only other one", () => {
    expect(clients).toHaveLength(2);
  });

  it("signs people in on Cognito's page, with a code and the one scope that opens nothing in Cognito", () => {
    expect(portero?.Properties).toMatchObject({
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: ["https://portero.example/oidc/callback"],
      LogoutURLs: ["https://portero.example"],
      SupportedIdentityProviders: ["COGNITO"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
      IdTokenValidity: 15,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 60,
      ReadAttributes: ["custom:organisationId"],
      WriteAttributes: ["locale"],
    });
  });

  it("has a page on a host that no other account can have taken", () => {
    expect(resource(data, "AWS::Cognito::UserPoolDomain").Properties).toMatchObject({
      Domain: { "Fn::Join": ["", ["production-portero-", { Ref: "AWS::AccountId" }]] },
      ManagedLoginVersion: 2,
    });
    const branding = resource(data, "AWS::Cognito::ManagedLoginBranding").Properties;
    expect(referred(branding["ClientId"])).toBe(portero?.logicalId);
  });
});

it("the data stack has outputs for other stacks and for operations only", () => {
  const forPeople = Object.entries(data.Outputs).filter(([, { Export }]) => Export === undefined);
  expect(forPeople.map(([name]) => name).sort()).toEqual([
    "AuditTableName",
    "BackupVault",
    "PorteroClientId",
    "PorteroLoginUrl",
    "TableName",
    "UserPoolClientId",
    "UserPoolId",
  ]);
});

describe("backups", () => {
  const vault = resource(data, "AWS::Backup::BackupVault");
  const plan = resource(data, "AWS::Backup::BackupPlan");
  const selection = resource(data, "AWS::Backup::BackupSelection");

  it("are made of both tables, and kept in a vault that is locked for good a week after it was made", () => {
    const { Resources } = selection.Properties["BackupSelection"] as { Resources: unknown[] };
    expect(Resources.map(referred).toSorted()).toEqual(tables.map(({ logicalId }) => logicalId).toSorted());
    expect(vault).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: {
        LockConfiguration: { ChangeableForDays: 7, MinRetentionDays: 35, MaxRetentionDays: 365 },
      },
    });
  });

  it("are made every day and kept for 35 days, and every month and kept for a year", () => {
    const { BackupPlanRule } = plan.Properties["BackupPlan"] as { BackupPlanRule: unknown[] };
    expect(BackupPlanRule).toMatchObject([
      { ScheduleExpression: "cron(0 2 * * ? *)", Lifecycle: { DeleteAfterDays: 35 } },
      { ScheduleExpression: "cron(0 3 1 * ? *)", Lifecycle: { DeleteAfterDays: 365 } },
    ]);
  });

  it("are not made where the data may be destroyed, since nobody could delete them", () => {
    expect(resources(synthesised.local.data, "AWS::Backup::BackupVault")).toEqual([]);
  });
});

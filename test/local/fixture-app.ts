import { join } from "node:path";
import {
  App,
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  aws_apigateway as apigateway,
  aws_cognito as cognito,
  aws_dynamodb as dynamodb,
  aws_events as events,
  aws_events_targets as targets,
  aws_lambda as lambda,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  triggers,
} from "aws-cdk-lib";

/** A small app with one of everything that the local host runs; the tests of `infra/local` synthesise it. */
const app = new App();
const text = (key: string) => String(app.node.getContext(key));
const env = { region: "eu-central-1" };

const data = new Stack(app, "local-fixture-data", { env });
const app1 = new Stack(app, "local-fixture-app", { env });

const table = new dynamodb.Table(data, "Table", {
  partitionKey: { name: "PK", type: dynamodb.AttributeType.STRING },
  sortKey: { name: "SK", type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  stream: dynamodb.StreamViewType.NEW_IMAGE,
  timeToLiveAttribute: "expireAt",
  removalPolicy: RemovalPolicy.DESTROY,
});
table.addGlobalSecondaryIndex({
  indexName: "due",
  partitionKey: { name: "duePartition", type: dynamodb.AttributeType.STRING },
  projectionType: dynamodb.ProjectionType.KEYS_ONLY,
});
const audit = new dynamodb.TableV2(data, "Audit", {
  partitionKey: { name: "PK", type: dynamodb.AttributeType.STRING },
});

const inline = (stack: Stack, id: string, code: string, environment: Record<string, string> = {}) =>
  new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: "index.handler",
    timeout: Duration.seconds(3),
    code: lambda.Code.fromInline(code),
    environment,
  });

const identityToken = inline(
  data,
  "IdentityToken",
  `exports.handler = async (event) => {
     event.response = { claimsOverrideDetails: { claimsToAddOrOverride: { organisationId: "16", roles: "a,b" } } };
     return event;
   };`,
);
const pool = new cognito.UserPool(data, "Pool", {
  selfSignUpEnabled: false,
  signInAliases: { username: true },
  customAttributes: { organisation: new cognito.StringAttribute({ mutable: true }) },
  lambdaTriggers: { preTokenGeneration: identityToken },
});
const client = pool.addClient("Client", {
  generateSecret: true,
  authFlows: { adminUserPassword: true },
  idTokenValidity: Duration.minutes(15),
  refreshTokenValidity: Duration.hours(8),
});

const echo = new lambda.Function(app1, "Echo", {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: "index.handler",
  timeout: Duration.seconds(2),
  memorySize: 256,
  code: lambda.Code.fromAsset(join(import.meta.dirname, "fixture", "echo")),
  environment: {
    TABLE_NAME: table.tableName,
    AUDIT_TABLE_NAME: audit.tableName,
    USER_POOL_ID: pool.userPoolId,
    USER_POOL_CLIENT_ID: client.userPoolClientId,
    TOKEN_ISSUER: `https://cognito-idp.${data.region}.${data.urlSuffix}/${pool.userPoolId}`,
    TOKEN_JWKS_URI: `${text("jwksOrigin")}/${pool.userPoolId}/.well-known/jwks.json`,
    PUBLIC_URL: text("publicUrl"),
    GREETING: String(app1.node.tryGetContext("greeting") ?? "hello"),
  },
});

const api = new apigateway.RestApi(app1, "Api", {
  deployOptions: { stageName: "local", throttlingBurstLimit: 50 },
  binaryMediaTypes: ["application/octet-stream"],
});
const problem = (type: apigateway.ResponseType, status: string, slug: string) =>
  api.addGatewayResponse(`Problem-${slug}`, {
    type,
    statusCode: status,
    responseHeaders: { "Content-Type": "'application/problem+json'", "API-Version": "'1.0.0'" },
    templates: {
      "application/json": `{"type":"urn:fixture:${slug}","detail":$context.error.messageString,"instance":"$context.path","requestId":"$context.requestId"}`,
    },
  });
problem(apigateway.ResponseType.UNAUTHORIZED, "401", "not-authenticated");
problem(apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN, "404", "not-found");
problem(apigateway.ResponseType.REQUEST_TOO_LARGE, "413", "too-large");
problem(apigateway.ResponseType.DEFAULT_4XX, "400", "bad-request");
const authorizer = new apigateway.CognitoUserPoolsAuthorizer(app1, "Authorizer", {
  cognitoUserPools: [pool],
});
const integration = new apigateway.LambdaIntegration(echo);
api.root.addMethod("GET", integration);
const open = api.root.addResource("open");
for (const method of ["GET", "POST"]) open.addMethod(method, integration);
const items = open.addResource("{id}");
items.addMethod("GET", integration);
items.addResource("fixed").addMethod("GET", integration);
open.addResource("special").addMethod("GET", integration);
api.root.addResource("any").addResource("{proxy+}").addMethod("ANY", integration);
api.root.addResource("closed").addMethod("GET", integration, { authorizer });

const failed = new sqs.Queue(app1, "Failed");
const onChange = inline(
  app1,
  "OnChange",
  `const fs = require("node:fs");
   exports.handler = async (event) => {
     fs.appendFileSync(process.env.OUT, JSON.stringify(event) + "\\n");
     const failures = event.Records.filter((r) => r.dynamodb.NewImage?.fail?.BOOL);
     return { batchItemFailures: failures.map((r) => ({ itemIdentifier: r.dynamodb.SequenceNumber })) };
   };`,
  { OUT: text("outFile") },
);
onChange.addEventSource(
  new sources.DynamoEventSource(table as dynamodb.ITable, {
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    retryAttempts: 1,
    reportBatchItemFailures: true,
    onFailure: new sources.SqsDlq(failed),
    filters: [
      lambda.FilterCriteria.filter({
        eventName: ["INSERT"],
        dynamodb: { NewImage: { SK: { S: [{ prefix: "MAIL" }] } } },
      }),
    ],
  }),
);

new triggers.TriggerFunction(app1, "Bootstrap", {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: "index.handler",
  code: lambda.Code.fromInline(
    `exports.handler = async () => {
       require("node:fs").appendFileSync(process.env.OUT, JSON.stringify({ bootstrap: true }) + "\\n");
       if (process.env.FAIL === "yes") throw new Error("the operator has no name");
     };`,
  ),
  environment: { OUT: text("outFile"), FAIL: String(app1.node.tryGetContext("failBootstrap") ?? "no") },
  executeAfter: [table],
});

new events.Rule(app1, "EveryDay", {
  schedule: events.Schedule.cron({ hour: "3", minute: "0" }),
  targets: [new targets.LambdaFunction(echo)],
});

new CfnOutput(app1, "ApiUrl", { value: api.url });
new CfnOutput(app1, "WebUrl", { value: text("publicUrl") });
new CfnOutput(app1, "EchoName", { value: echo.functionName });
new CfnOutput(app1, "TableName", { value: table.tableName });
new CfnOutput(app1, "AuditTableName", { value: audit.tableName });
new CfnOutput(app1, "UserPoolId", { value: pool.userPoolId });
new CfnOutput(app1, "UserPoolClientId", { value: client.userPoolClientId });

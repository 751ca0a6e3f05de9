import { HostError } from "../host-error.ts";
import type { Found } from "./catalogue.ts";

interface Support {
  /** Properties that the local host acts on. */
  readonly used: readonly string[];
  /** Properties that make no difference on one machine. */
  readonly ignored?: readonly string[];
}

/** The types that the local host runs; "all" where an emulator is given every property. */
const supported: Readonly<Record<string, Support | "all">> = {
  "AWS::DynamoDB::Table": {
    used: [
      "KeySchema",
      "AttributeDefinitions",
      "GlobalSecondaryIndexes",
      "LocalSecondaryIndexes",
      "StreamSpecification",
      "TimeToLiveSpecification",
    ],
    ignored: [
      "BillingMode",
      "DeletionProtectionEnabled",
      "PointInTimeRecoverySpecification",
      "ResourcePolicy",
      "SSESpecification",
    ],
  },
  "AWS::Cognito::UserPool": "all",
  "AWS::Cognito::UserPoolClient": "all",
  "AWS::SecretsManager::Secret": { used: ["SecretString"], ignored: ["Description"] },
  "AWS::Lambda::Function": {
    used: ["Code", "Environment", "Handler", "MemorySize", "Runtime", "Timeout"],
    ignored: [
      "Architectures",
      "Description",
      "LoggingConfig",
      "ReservedConcurrentExecutions",
      "Role",
      "TracingConfig",
    ],
  },
  "AWS::Lambda::Version": { used: ["FunctionName"] },
  "AWS::Lambda::EventSourceMapping": {
    used: [
      "BatchSize",
      "BisectBatchOnFunctionError",
      "DestinationConfig",
      "EventSourceArn",
      "FilterCriteria",
      "FunctionName",
      "FunctionResponseTypes",
      "MaximumRecordAgeInSeconds",
      "MaximumRetryAttempts",
      "ParallelizationFactor",
      "StartingPosition",
    ],
  },
  "AWS::Lambda::EventInvokeConfig": {
    used: ["DestinationConfig", "FunctionName", "MaximumRetryAttempts"],
    ignored: ["MaximumEventAgeInSeconds", "Qualifier"],
  },
  "AWS::ApiGateway::RestApi": {
    used: ["BinaryMediaTypes"],
    ignored: [
      "Description",
      "DisableExecuteApiEndpoint",
      "EndpointAccessMode",
      "EndpointConfiguration",
      "Name",
      "SecurityPolicy",
    ],
  },
  "AWS::ApiGateway::Resource": { used: ["ParentId", "PathPart", "RestApiId"] },
  "AWS::ApiGateway::Method": {
    used: ["AuthorizationType", "AuthorizerId", "HttpMethod", "Integration", "ResourceId", "RestApiId"],
  },
  "AWS::ApiGateway::Authorizer": {
    used: ["IdentitySource", "Name", "ProviderARNs", "RestApiId", "Type"],
    ignored: ["AuthorizerResultTtlInSeconds"],
  },
  "AWS::ApiGateway::GatewayResponse": {
    used: ["ResponseParameters", "ResponseTemplates", "ResponseType", "RestApiId", "StatusCode"],
  },
  "AWS::ApiGateway::Deployment": { used: [], ignored: ["Description", "RestApiId"] },
  "AWS::ApiGateway::Stage": {
    used: ["DeploymentId", "RestApiId", "StageName"],
    ignored: ["AccessLogSetting", "MethodSettings", "TracingEnabled"],
  },
  "AWS::SQS::Queue": { used: [], ignored: ["MessageRetentionPeriod", "SqsManagedSseEnabled"] },
  "AWS::Events::Rule": { used: ["ScheduleExpression", "State", "Targets"], ignored: ["Description"] },
  "Custom::Trigger": {
    used: ["ExecuteOnHandlerChange", "HandlerArn", "InvocationType"],
    ignored: ["ServiceToken", "Timeout"],
  },
};

/** Beginnings of types that do nothing on one machine: rights, logs, alarms, names, certificates, deliverability. */
const withoutEffect = [
  "AWS::CDK::Metadata",
  "AWS::IAM::",
  "AWS::KMS::",
  "AWS::Logs::",
  "AWS::CloudWatch::",
  "AWS::Budgets::",
  "AWS::SNS::",
  "AWS::SES::",
  "AWS::WAFv2::",
  "AWS::SQS::QueuePolicy",
  "AWS::Lambda::Permission",
  "AWS::ApiGateway::Account",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::BasePathMapping",
  "AWS::Cognito::UserPoolDomain",
  "AWS::Cognito::ManagedLoginBranding",
];

/** @throws HostError naming the first resource whose type or property the local host does not support */
export function requireSupported(resources: readonly Found[]): void {
  for (const { key, type, rawProperties } of resources) {
    if (withoutEffect.some((start) => type.startsWith(start))) continue;
    const support = supported[type];
    if (!support) throw new HostError(`${key} is of type ${type}, which the local host does not support.`);
    if (support === "all") continue;
    const known = [...support.used, ...(support.ignored ?? [])];
    const unknown = Object.keys(rawProperties).find((property) => !known.includes(property));
    if (unknown !== undefined)
      throw new HostError(`${key} (${type}) has ${unknown}, which the local host does not support.`);
  }
}

import { HostError } from "../host-error.ts";
import type { Found } from "./catalogue.ts";
import { isTypeNotServed, propertiesNotServed } from "./not-served.ts";

/** The properties that the local host acts on, by type; "all" where an emulator or the guard is given every property. */
const supported: Readonly<Record<string, readonly string[] | "all">> = {
  "AWS::DynamoDB::Table": [
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
    "ResourcePolicy",
    "StreamSpecification",
    "TimeToLiveSpecification",
  ],
  "AWS::Cognito::UserPool": "all",
  "AWS::Cognito::UserPoolClient": "all",
  "AWS::SecretsManager::Secret": ["SecretString"],
  "AWS::IAM::Role": "all",
  "AWS::IAM::Policy": "all",
  "AWS::Lambda::Function": [
    "Code",
    "Environment",
    "FunctionName",
    "Handler",
    "MemorySize",
    "Role",
    "Runtime",
    "Timeout",
  ],
  "AWS::Lambda::Version": ["FunctionName"],
  "AWS::Lambda::EventSourceMapping": [
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
  "AWS::Lambda::EventInvokeConfig": ["DestinationConfig", "FunctionName", "MaximumRetryAttempts"],
  "AWS::ApiGateway::RestApi": ["Body"],
  "AWS::ApiGateway::Deployment": [],
  "AWS::ApiGateway::Stage": ["DeploymentId", "RestApiId", "StageName"],
  "AWS::SQS::Queue": [],
  "AWS::Events::Rule": ["ScheduleExpression", "State", "Targets"],
  "Custom::Trigger": ["ExecuteOnHandlerChange", "HandlerArn", "InvocationType"],
};

/**
 * Everything in the templates is either served or listed as not served (not-served.ts).
 * @throws HostError naming the first resource whose type or property is neither
 */
export function requireSupported(resources: readonly Found[]): void {
  for (const { key, type, rawProperties } of resources) {
    if (isTypeNotServed(type)) continue;
    const used = supported[type];
    if (!used) throw new HostError(`${key} is of type ${type}, which the local host does not support.`);
    if (used === "all") continue;
    const known = [...used, ...propertiesNotServed(type)];
    const unknown = Object.keys(rawProperties).find((property) => !known.includes(property));
    if (unknown !== undefined)
      throw new HostError(`${key} (${type}) has ${unknown}, which the local host does not support.`);
  }
}

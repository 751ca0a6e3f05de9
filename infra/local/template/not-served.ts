import type { Found } from "./catalogue.ts";

/** Parts of the templates that the local host does without, and why. */
export interface NotServed {
  readonly reason: string;
  /** Beginnings of resource types. */
  readonly types?: readonly string[];
  /** Properties of resources of other types, by type. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
}

/** All that the templates have and the local host does not serve; it prints this table at its start. */
export const notServed: readonly NotServed[] = [
  {
    reason:
      "Logs and metrics are in the state's folder; there are no alarms, dashboards, traces or access logs",
    types: ["AWS::Budgets::", "AWS::CloudWatch::", "AWS::Logs::", "AWS::ApiGateway::Account"],
    properties: {
      "AWS::ApiGateway::Stage": ["AccessLogSetting", "TracingEnabled"],
      "AWS::Lambda::Function": ["LoggingConfig", "TracingConfig"],
    },
  },
  {
    reason: "No topic carries messages: alarms reach nobody, and SES reports nothing on its mails",
    types: ["AWS::SNS::"],
  },
  {
    reason: "The inbox takes every mail from any sender, unless a trouble of SES is on",
    types: ["AWS::SES::"],
  },
  {
    reason: "No firewall stands before the API, so requests are not limited by address",
    types: ["AWS::WAFv2::"],
  },
  {
    reason: "Requests are not throttled, and functions not limited in number",
    properties: {
      "AWS::ApiGateway::Stage": ["MethodSettings"],
      "AWS::Lambda::Function": ["ReservedConcurrentExecutions"],
    },
  },
  {
    reason: "Cognito's own sign-in page, for Portero, is not there",
    types: ["AWS::Cognito::UserPoolDomain", "AWS::Cognito::ManagedLoginBranding"],
  },
  {
    reason: "The API has one address, http on 127.0.0.1",
    types: ["AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping"],
    properties: {
      "AWS::ApiGateway::RestApi": [
        "DisableExecuteApiEndpoint",
        "EndpointAccessMode",
        "EndpointConfiguration",
        "SecurityPolicy",
      ],
    },
  },
  {
    reason:
      "Services call functions and queues without being judged; functions' own calls are judged by their roles",
    types: ["AWS::Lambda::Permission", "AWS::SQS::QueuePolicy"],
  },
  {
    reason: "What is stored is not encrypted",
    types: ["AWS::KMS::"],
    properties: { "AWS::DynamoDB::Table": ["SSESpecification"], "AWS::SQS::Queue": ["SqsManagedSseEnabled"] },
  },
  {
    reason:
      "The state stays as it is until --reset: no backups, no protection, no age at which anything is dropped",
    types: ["AWS::Backup::"],
    properties: {
      "AWS::DynamoDB::Table": ["DeletionProtectionEnabled", "PointInTimeRecoverySpecification"],
      "AWS::Lambda::EventInvokeConfig": ["MaximumEventAgeInSeconds"],
      "AWS::SQS::Queue": ["MessageRetentionPeriod"],
    },
  },
  {
    reason: "Names, descriptions and settings of the deployment itself make no difference here",
    types: ["AWS::CDK::Metadata"],
    properties: {
      "AWS::ApiGateway::Deployment": ["Description", "RestApiId"],
      "AWS::ApiGateway::RestApi": ["Name"],
      "AWS::DynamoDB::Table": ["BillingMode"],
      "AWS::Events::Rule": ["Description"],
      "AWS::Lambda::EventInvokeConfig": ["Qualifier"],
      "AWS::Lambda::Function": ["Architectures", "Description"],
      "AWS::SecretsManager::Secret": ["Description"],
      "Custom::Trigger": ["ServiceToken", "Timeout"],
    },
  },
];

type Resource = Pick<Found, "type" | "rawProperties">;

/** True if the local host does without resources of this type. */
export const isTypeNotServed = (type: string): boolean =>
  notServed.some(({ types = [] }) => types.some((start) => type.startsWith(start)));

export const propertiesNotServed = (type: string): string[] =>
  notServed.flatMap(({ properties = {} }) => properties[type] ?? []);

/** A line for each reason with what the templates have of it: types with their number, and properties. */
export function listNotServed(resources: readonly Resource[]): string[] {
  return notServed.flatMap(({ reason, types = [], properties = {} }) => {
    const ofTypes = types.flatMap((start) => {
      const count = resources.filter(({ type }) => type.startsWith(start)).length;
      return count === 0 ? [] : [`${start.replace(/::$/, "")} (${count})`];
    });
    const ofProperties = Object.entries(properties).flatMap(([type, names]) => {
      const present = names.filter((name) => has(resources, type, name));
      return present.length === 0 ? [] : [`${type} ${present.join(", ")}`];
    });
    const found = [...ofTypes, ...ofProperties];
    return found.length === 0 ? [] : [`${reason}: ${found.join("; ")}`];
  });
}

function has(resources: readonly Resource[], type: string, property: string): boolean {
  return resources.some((one) => one.type === type && property in one.rawProperties);
}

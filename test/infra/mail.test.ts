import { describe, expect, test } from "vitest";
import { functions, production, referred, resource, resources } from "./template.ts";

const { app } = production;
const sendMail = functions(production).get("send-mail");
const queue = resource(app, "AWS::SQS::Queue");

describe("the outbox", () => {
  const mapping = resource(app, "AWS::Lambda::EventSourceMapping").Properties;

  test("calls send-mail for new mails alone, from the beginning, and for a day", () => {
    expect(referred(mapping["FunctionName"])).toBe(sendMail?.logicalId);
    expect(JSON.stringify(mapping["EventSourceArn"])).toContain("StreamArn");
    const { Filters } = mapping["FilterCriteria"] as { Filters: { Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      { eventName: ["INSERT"], dynamodb: { Keys: { PK: { S: [{ prefix: "MAIL#" }] } } } },
    ]);
    expect(mapping).toMatchObject({ StartingPosition: "TRIM_HORIZON", MaximumRecordAgeInSeconds: 86_400 });
  });

  test("lets no mail wait for another that fails", () => {
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BatchSize: 10,
      ParallelizationFactor: 10,
      BisectBatchOnFunctionError: true,
    });
  });

  test("keeps what was given up on, encrypted, for two weeks, and wakes someone", () => {
    const { OnFailure } = mapping["DestinationConfig"] as { OnFailure: { Destination: unknown } };
    expect(referred(OnFailure.Destination)).toBe(queue.logicalId);
    expect(queue.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    expect(resource(app, "AWS::SQS::QueuePolicy").Properties["PolicyDocument"]).toMatchObject({
      Statement: [{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    });
    const alarms = resources(app, "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties["MetricName"]);
    expect(alarms).toEqual(expect.arrayContaining(["ApproximateNumberOfMessagesVisible", "IteratorAge"]));
  });
});

test("mail comes from the sender's domain, signed, and only over encrypted connections", () => {
  const identity = resource(app, "AWS::SES::EmailIdentity").Properties;
  const configuration = resource(app, "AWS::SES::ConfigurationSet");
  expect(identity).toMatchObject({
    EmailIdentity: "portero.example",
    DkimAttributes: { SigningEnabled: true },
  });
  const { ConfigurationSetName } = identity["ConfigurationSetAttributes"] as {
    ConfigurationSetName: unknown;
  };
  expect(referred(ConfigurationSetName)).toBe(configuration.logicalId);
  expect(configuration.Properties).toMatchObject({
    DeliveryOptions: { TlsPolicy: "REQUIRE" },
    ReputationOptions: { ReputationMetricsEnabled: true },
  });
});

test("the operator is made at every deployment that changes bootstrap, once its rights are there", () => {
  const bootstrap = functions(production).get("bootstrap");
  const run = resource(app, "Custom::Trigger");
  const version = resource(app, "AWS::Lambda::Version");
  expect(referred(run.Properties["HandlerArn"])).toBe(version.logicalId);
  expect(referred(version.Properties["FunctionName"])).toBe(bootstrap?.logicalId);
  expect(run.DependsOn).toContain(bootstrap?.logicalId);
  expect(bootstrap?.DependsOn?.some((id) => id.includes("DefaultPolicy"))).toBe(true);
  expect(run.Properties).toMatchObject({ InvocationType: "RequestResponse" });
});

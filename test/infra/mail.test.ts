import { describe, expect, it } from "vitest";
import {
  functions,
  list,
  production,
  referred,
  resource,
  resources,
  variables,
  type Found,
} from "./template.ts";

const { app } = production;
const sendMail = functions(production).get("send-mail");
const queues = resources(app, "AWS::SQS::Queue");
const queue = queues.find(({ path }) => path.startsWith("SendMail/"));

describe("the outbox", () => {
  const mapping = resource(app, "AWS::Lambda::EventSourceMapping").Properties;

  it("calls send-mail for new mails alone, from the beginning, and for a day", () => {
    expect(referred(mapping["FunctionName"])).toBe(sendMail?.logicalId);
    expect(JSON.stringify(mapping["EventSourceArn"])).toContain("StreamArn");
    const { Filters } = mapping["FilterCriteria"] as { Filters: { Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      { eventName: ["INSERT"], dynamodb: { Keys: { PK: { S: [{ prefix: "MAIL#" }] } } } },
    ]);
    expect(mapping).toMatchObject({ StartingPosition: "TRIM_HORIZON", MaximumRecordAgeInSeconds: 86_400 });
  });

  it("lets no mail wait for another that fails", () => {
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BatchSize: 10,
      ParallelizationFactor: 2,
      BisectBatchOnFunctionError: true,
    });
  });

  it("keeps failed work, encrypted, for two weeks", () => {
    const { OnFailure } = mapping["DestinationConfig"] as { OnFailure: { Destination: unknown } };
    expect(referred(OnFailure.Destination)).toBe(queue?.logicalId);
    expect(queue?.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
    const policies = resources(app, "AWS::SQS::QueuePolicy");
    expect(policies).toHaveLength(queues.length);
    for (const { Properties } of policies) {
      expect(list((Properties["PolicyDocument"] as { Statement: unknown[] }).Statement)).toContainEqual(
        expect.objectContaining({
          Effect: "Deny",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      );
    }
  });
});

it("mail comes from the sender's domain, signed, and only over encrypted connections", () => {
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
    SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
  });
});

describe("feedback on mails (SECURITY 23)", () => {
  const feedback = functions(production).get("mail-feedback");
  const topic = resource(app, "AWS::SNS::Topic");
  const configuration = resource(app, "AWS::SES::ConfigurationSet");
  const statements = (of: Found | undefined) =>
    (of?.Properties["PolicyDocument"] as { Statement: Record<string, unknown>[] }).Statement;

  it("is published for bounces, complaints and deliveries of what our configuration set sends", () => {
    const { Properties, DependsOn } = resource(app, "AWS::SES::ConfigurationSetEventDestination");
    expect(referred(Properties["ConfigurationSetName"])).toBe(configuration.logicalId);
    const { SnsDestination, ...destination } = Properties["EventDestination"] as {
      SnsDestination: { TopicARN: unknown };
    };
    expect(destination).toEqual({
      Enabled: true,
      MatchingEventTypes: ["bounce", "complaint", "delivery"],
    });
    expect(referred(SnsDestination.TopicARN)).toBe(topic.logicalId);
    expect(DependsOn).toEqual([resource(app, "AWS::SNS::TopicPolicy").logicalId]);
  });

  it("can be published by SES for that set alone, encrypted on its way and where it lies", () => {
    expect(statements(resource(app, "AWS::SNS::TopicPolicy"))).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        Action: "sns:Publish",
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      },
    ]);
    expect(JSON.stringify(statements(resource(app, "AWS::SNS::TopicPolicy"))[1]?.["Condition"])).toContain(
      `:configuration-set/",{"Ref":"${configuration.logicalId}"}`,
    );
    expect(referred(topic.Properties["KmsMasterKeyId"])).toBe(resource(app, "AWS::KMS::Key").logicalId);
    expect(resource(app, "AWS::KMS::Key").Properties).toMatchObject({ EnableKeyRotation: true });
  });

  it("goes to mail-feedback, which that topic alone may call and which knows it by name", () => {
    const subscription = resource(app, "AWS::SNS::Subscription").Properties;
    expect(referred(subscription["Endpoint"])).toBe(feedback?.logicalId);
    expect(referred(subscription["TopicArn"])).toBe(topic.logicalId);
    const allowed = resources(app, "AWS::Lambda::Permission").filter(
      ({ Properties }) => referred(Properties["FunctionName"]) === feedback?.logicalId,
    );
    expect(
      allowed.map(({ Properties }) => [Properties["Principal"], referred(Properties["SourceArn"])]),
    ).toEqual([["sns.amazonaws.com", topic.logicalId]]);
    expect(variables(feedback!)).toMatchObject({
      MAIL_FEEDBACK_TOPIC_ARN: { Ref: topic.logicalId },
      MAIL_CONFIGURATION_SET: { Ref: configuration.logicalId },
    });
    expect(variables(sendMail!)).toMatchObject({ MAIL_CONFIGURATION_SET: { Ref: configuration.logicalId } });
  });

  it("that cannot be handled is kept, after the last retry of SNS or of Lambda", () => {
    const kept = queues.find(({ path }) => path.startsWith("MailFeedbackDeadLetters/"));
    const { RedrivePolicy } = resource(app, "AWS::SNS::Subscription").Properties as {
      RedrivePolicy: { deadLetterTargetArn: unknown };
    };
    expect(referred(RedrivePolicy.deadLetterTargetArn)).toBe(kept?.logicalId);
    const invoking = resources(app, "AWS::Lambda::EventInvokeConfig").find(
      ({ Properties }) => referred(Properties["FunctionName"]) === feedback?.logicalId,
    );
    expect(JSON.stringify(invoking?.Properties["DestinationConfig"])).toContain(kept?.logicalId);
  });
});

it("the operator is made at every deployment that changes bootstrap, once its rights are there", () => {
  const bootstrap = functions(production).get("bootstrap");
  const run = resource(app, "Custom::Trigger");
  const version = resource(app, "AWS::Lambda::Version");
  expect(referred(run.Properties["HandlerArn"])).toBe(version.logicalId);
  expect(referred(version.Properties["FunctionName"])).toBe(bootstrap?.logicalId);
  expect(run.DependsOn).toContain(bootstrap?.logicalId);
  expect(bootstrap?.DependsOn?.some((id) => id.includes("DefaultPolicy"))).toBe(true);
  expect(run.Properties).toMatchObject({ InvocationType: "RequestResponse" });
});

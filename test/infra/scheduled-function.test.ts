import { App, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Schedule } from "aws-cdk-lib/aws-events";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { expect, it } from "vitest";
import { ScheduledFunction } from "../../infra/constructs/scheduled-function.ts";
import { Tables } from "../../infra/constructs/tables.ts";

/** A stack with only one scheduled function, to test the construct by itself. */
function template(): Template {
  const stack = new Stack(new App(), "jobs");
  new ScheduledFunction(stack, "Job", {
    name: "meta",
    needs: {
      description: "A job",
      memoryMegabytes: 256,
      timeoutSeconds: 300,
      table: ["Query"],
    },
    surroundings: {
      tables: new Tables(stack, "Tables", { removalPolicy: RemovalPolicy.DESTROY }),
      variables: { VERSION: "1.2.3", COMMIT: "0123456789ab" },
    },
    stage: "test",
    logRetention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
    schedule: Schedule.cron({ hour: "3", minute: "0" }),
  });
  return Template.fromStack(stack);
}

it("a scheduled function runs at its time with the event as it is, and a failed run is kept", () => {
  const jobs = template();
  const rule = Object.values(jobs.findResources("AWS::Events::Rule"))[0]?.["Properties"] as {
    ScheduleExpression: string;
    Targets: Record<string, unknown>[];
  };
  expect(rule.ScheduleExpression).toBe("cron(0 3 * * ? *)");
  expect(rule.Targets).toHaveLength(1);
  expect(rule.Targets[0]).toMatchObject({
    DeadLetterConfig: {},
    RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 2 },
  });
  expect(rule.Targets[0]).not.toHaveProperty("Input");
  jobs.hasResourceProperties("AWS::Lambda::Function", { Timeout: 300 });
  jobs.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
    MaximumEventAgeInSeconds: 21_600,
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: {} },
  });
  jobs.resourceCountIs("AWS::SQS::Queue", 1);
});

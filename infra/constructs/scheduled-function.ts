import { Duration } from "aws-cdk-lib";
import { TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, type Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";
import { DeadLetters } from "./dead-letters.ts";
import { ownMetric } from "./metrics.ts";

export interface ScheduledFunctionProps extends BundledFunctionProps {
  /** When it runs, in UTC; the event's `time` is the job's only clock. */
  readonly schedule: Schedule;
}

/** How long a run that failed or could not start is tried again; the next day's run does the rest. */
const patience = { maxEventAge: Duration.hours(6), retryAttempts: 2 };

/** A job: a function that runs on a schedule. The event of a run that failed for good is kept in a queue. */
export class ScheduledFunction extends BundledFunction {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { schedule, ...props }: ScheduledFunctionProps) {
    const deadLetters = new DeadLetters(scope, `${id}DeadLetters`, {
      monitoring: props.monitoring,
      description: `A run of ${props.name} failed for good.`,
      runbook: "job-failed",
    });
    super(scope, id, props);
    this.keepFailures(deadLetters, patience);
    this.deadLetters = deadLetters;
    const target = new LambdaFunction(this.function, { ...patience, deadLetterQueue: deadLetters.queue });
    props.monitoring.watch(this, "EntriesFailed", {
      metric: ownMetric("JobEntriesFailed", props.name),
      threshold: 1,
      description: `A run of ${props.name} could not deal with everything that is due.`,
      runbook: "job-failed",
    });
    props.monitoring.watch(this, "Missed", {
      metric: this.function.metricInvocations({ period: Duration.days(1) }),
      threshold: 1,
      below: true,
      missing: TreatMissingData.BREACHING,
      description: `${props.name} has not been started for a day.`,
      runbook: "job-missed",
    });
    new Rule(this, "Schedule", { description: props.needs.description, schedule, targets: [target] });
  }
}

import { Duration } from "aws-cdk-lib";
import { Rule, type Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";
import { DeadLetters } from "./dead-letters.ts";

export interface ScheduledFunctionProps extends BundledFunctionProps {
  /** The schedule, in UTC; the event's `time` is the job's only clock. */
  readonly schedule: Schedule;
}

/** The time in which a run that could not start, or failed, is tried again; the run of the next day does the rest. */
const patience = { maxEventAge: Duration.hours(6), retryAttempts: 2 };

/** A job: a function that runs on a schedule. The event of a run that failed after all retries is kept. */
export class ScheduledFunction extends BundledFunction {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { schedule, ...props }: ScheduledFunctionProps) {
    const deadLetters = new DeadLetters(scope, `${id}DeadLetters`);
    super(scope, id, props);
    this.keepFailures(deadLetters, patience);
    this.deadLetters = deadLetters;
    const target = new LambdaFunction(this.function, { ...patience, deadLetterQueue: deadLetters.queue });
    new Rule(this, "Schedule", { description: props.needs.description, schedule, targets: [target] });
  }
}

import { Duration } from "aws-cdk-lib";
import { Rule, type Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";
import { DeadLetters } from "./dead-letters.ts";

export interface ScheduledFunctionProps extends BundledFunctionProps {
  /** When it runs, in UTC; the event's `time` is the job's only clock. */
  readonly schedule: Schedule;
}

/** How long a run that could not start, or failed, is tried again: the next day catches up what is left. */
const patience = { maxEventAge: Duration.hours(6), retryAttempts: 2 };

/** A job: a function that runs on a schedule. A run that failed for good is kept, event and all. */
export class ScheduledFunction extends BundledFunction {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { schedule, ...props }: ScheduledFunctionProps) {
    const deadLetters = new DeadLetters(scope, `${id}DeadLetters`, {
      monitoring: props.monitoring,
      description: `A run of ${props.name} failed for good: repair the cause, then run the job as of the time in the message.`,
    });
    super(scope, id, props, { ...patience, deadLetterQueue: deadLetters.queue });
    this.deadLetters = deadLetters;
    const target = new LambdaFunction(this.function, { ...patience, deadLetterQueue: deadLetters.queue });
    new Rule(this, "Schedule", { description: props.needs.description, schedule, targets: [target] });
  }
}

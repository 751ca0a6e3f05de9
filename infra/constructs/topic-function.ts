import { Duration } from "aws-cdk-lib";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";
import { DeadLetters } from "./dead-letters.ts";

export interface TopicFunctionProps extends BundledFunctionProps {
  readonly topic: Topic;
}

/** A function that is called for every message of one topic. A message that failed after all retries is kept. */
export class TopicFunction extends BundledFunction {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { topic, ...props }: TopicFunctionProps) {
    const deadLetters = new DeadLetters(scope, `${id}DeadLetters`);
    const { queue } = deadLetters;
    super(scope, id, props);
    this.keepFailures(deadLetters, { maxEventAge: Duration.hours(6), retryAttempts: 2 });
    this.deadLetters = deadLetters;
    topic.addSubscription(new LambdaSubscription(this.function, { deadLetterQueue: queue }));
  }
}

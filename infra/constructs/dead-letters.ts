import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { alarmPeriod, type Monitoring } from "./monitoring.ts";

export interface DeadLettersProps {
  readonly monitoring: Monitoring;
  /** What lies here, for whoever the alarm wakes. */
  readonly description: string;
  /** What to do about it, as a name in docs/runbooks/. */
  readonly runbook: string;
}

/** Where work ends up that was given up on, with an alarm as soon as there is any. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { monitoring, description, runbook }: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    monitoring.watch(this, "Alarm", {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: alarmPeriod,
        statistic: "Maximum",
      }),
      threshold: 1,
      description,
      runbook,
    });
    for (const id of ["AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"]) {
      Validations.of(this.queue).acknowledge({ id, reason: "This is the dead-letter queue." });
    }
  }
}

import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { alarmPeriod, type Monitoring } from "./monitoring.ts";

export interface DeadLettersProps {
  readonly monitoring: Monitoring;
  /** The meaning of a message in this queue, for the mail of the alarm. */
  readonly description: string;
  /** The name of the runbook in docs/runbooks/. */
  readonly runbook: string;
}

/** A queue for work that failed for good, with an alarm on its first message. */
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

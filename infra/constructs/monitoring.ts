import { Duration, Stack, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Subscription, SubscriptionProtocol, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface MonitoringProps {
  /** Who gets a mail when an alarm goes off, once they have confirmed that they want it. */
  readonly alarmEmail: string;
}

export interface Watch {
  readonly metric: IMetric;
  /** The alarm goes off at this value. */
  readonly threshold: number;
  /** What it means and what to look at first. */
  readonly description: string;
}

/** Where all alarms go. */
export class Monitoring extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { alarmEmail }: MonitoringProps) {
    super(scope, id);
    this.#topic = new Topic(this, "Alarms", { enforceSSL: true });
    // With a policy of its own, a topic no longer takes messages from the account's alarms unless told to.
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.#topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    const mail = new Subscription(this, "Mail", {
      topic: this.#topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint: alarmEmail,
    });
    Validations.of(mail).acknowledge({
      id: "Serverless-SNSRedrivePolicy",
      reason:
        "A mail about an alarm that cannot be delivered loses nothing: CloudWatch keeps the alarm's state.",
    });
  }

  /** Makes an alarm that goes off as soon as the metric reaches the threshold within five minutes. */
  watch(scope: Construct, id: string, { metric, threshold, description }: Watch): Alarm {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      alarmDescription: description,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    return alarm;
  }
}

/** How long a metric is gathered before it is looked at. */
export const alarmPeriod = Duration.minutes(5);

import { Duration, Stack, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Subscription, SubscriptionProtocol, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface MonitoringProps {
  /** The address that alarms are mailed to, once its owner has confirmed the subscription. */
  readonly alarmEmail: string;
}

export interface Watch {
  readonly metric: IMetric;
  /** The alarm goes off at this value. */
  readonly threshold: number;
  /** The meaning of the alarm, for the person on call. */
  readonly description: string;
  /** The name of the runbook in docs/runbooks/, without its ending. */
  readonly runbook: string;
  /** How the alarm treats missing data; as good, if left out. */
  readonly missing?: TreatMissingData;
  /** Goes off below the threshold instead. */
  readonly below?: true;
}

/** The topic of all alarms. */
export class Monitoring extends Construct {
  readonly #topic: Topic;
  readonly #alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, { alarmEmail }: MonitoringProps) {
    super(scope, id);
    this.#topic = new Topic(this, "Alarms", { enforceSSL: true });
    // A topic with a policy of its own needs an explicit grant for the account's alarms.
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

  /** All alarms made so far. */
  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  /** Makes an alarm that goes off when the metric reaches the threshold in one of its periods. */
  watch(scope: Construct, id: string, { metric, threshold, description, runbook, ...rest }: Watch): Alarm {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      alarmDescription: `${description} Runbook: docs/runbooks/${runbook}.md`,
      comparisonOperator: rest.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: rest.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    this.#alarms.push(alarm);
    return alarm;
  }
}

/** The period over which a metric is summed before it is compared. */
export const alarmPeriod = Duration.minutes(5);

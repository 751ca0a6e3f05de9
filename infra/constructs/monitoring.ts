import { Stack, Validations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Subscription, SubscriptionProtocol, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface MonitoringProps {
  readonly stage: string;
  /** The address that alarms are mailed to, once its owner has confirmed the subscription. */
  readonly alarmEmail: string;
}

export interface Watch {
  readonly metric: IMetric;
  /** The alarm goes off at this value. */
  readonly threshold: number;
  /** The number of periods in a row that have to reach the threshold; 1 if left out. */
  readonly periods?: number;
  /** The meaning of the alarm, for the person on call. */
  readonly description: string;
  /** The name of the runbook in docs/runbooks/, without its ending. */
  readonly runbook: string;
  /** Goes off below the threshold instead. */
  readonly below?: true;
  /** How the alarm treats missing data; as good, if left out. */
  readonly missing?: TreatMissingData;
}

/** The topic of all alarms. */
export class Monitoring extends Construct {
  readonly stage: string;
  readonly topic: Topic;
  readonly #alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, { stage, alarmEmail }: MonitoringProps) {
    super(scope, id);
    this.stage = stage;
    this.topic = new Topic(this, "Alarms", { enforceSSL: true });
    // A topic with a policy of its own needs an explicit grant for the account's alarms and budgets.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"].map(
          (one) => new ServicePrincipal(one),
        ),
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    const mail = new Subscription(this, "Mail", {
      topic: this.topic,
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

  /**
   * Makes an alarm that mails when it goes off, and when it is over.
   * @param name in words with hyphens; the alarm's name in CloudWatch is `<stage>-portero-<name>`
   */
  watch(scope: Construct, name: string, { metric, threshold, description, runbook, ...rest }: Watch): void {
    const alarm = new Alarm(scope, name, {
      alarmName: `${this.stage}-portero-${name}`,
      metric,
      threshold,
      alarmDescription: `${description} Runbook: docs/runbooks/${runbook}.md`,
      comparisonOperator: rest.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: rest.periods ?? 1,
      treatMissingData: rest.missing ?? TreatMissingData.NOT_BREACHING,
    });
    const mail = new SnsAction(this.topic);
    alarm.addAlarmAction(mail);
    alarm.addOkAction(mail);
    this.#alarms.push(alarm);
  }
}

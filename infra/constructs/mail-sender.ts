import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import {
  CfnConfigurationSetEventDestination,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { BundledFunction } from "./bundled-function.ts";
import type { Monitoring } from "./monitoring.ts";

export interface MailSenderProps {
  /** The sender's address. */
  readonly sender: string;
  readonly monitoring: Monitoring;
}

/**
 * The shares of mails at which AWS reviews an account's sending, in the unit of its metrics: 1 is all mails. They are
 * those of the whole account, which AWS judges as one.
 */
const reputation = [
  { id: "Bounces", metricName: "Reputation.BounceRate", threshold: 0.05, what: "5 % of all mails bounce" },
  {
    id: "Complaints",
    metricName: "Reputation.ComplaintRate",
    threshold: 0.001,
    what: "0.1 % of all mails are complained about",
  },
] as const;

/** The sender's domain, signed with DKIM, the settings with which SES sends, and the topic for its feedback. */
export class MailSender extends Construct {
  readonly configurationSetName: string;
  /** Bounces, complaints and deliveries of mails that are sent with the configuration set. */
  readonly feedback: Topic;
  /** CNAME records, name and value, that the domain's DNS must have before SES sends anything. */
  readonly dnsRecords: readonly string[];
  readonly #resources: readonly string[];

  constructor(scope: Construct, id: string, { sender, monitoring }: MailSenderProps) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, "Configuration", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // SES also refuses such addresses itself, even if our table does not know them.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSetName = configurationSet.configurationSetName;
    const domain = sender.slice(sender.lastIndexOf("@") + 1);
    const identity = new EmailIdentity(this, "Domain", {
      identity: Identity.domain(domain),
      configurationSet,
      dkimSigning: true,
    });
    this.dnsRecords = identity.dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`);
    const ofConfigurationSet = Stack.of(this).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: configurationSet.configurationSetName,
    });
    // SES requires the right to use the domain's configuration set as well.
    this.#resources = [identity.emailIdentityArn, ofConfigurationSet];
    this.feedback = this.#feedback(ofConfigurationSet);
    this.#publish();
    for (const { id, metricName, threshold, what } of reputation) {
      const period = Duration.hours(1);
      monitoring.watch(this, id, {
        metric: new Metric({ namespace: "AWS/SES", metricName, period, statistic: "Maximum" }),
        threshold,
        description: `${what}: before long SES stops sending for this account.`,
        runbook: "mail-reputation",
        // SES measures only while mail is sent; without data the alarm keeps its state.
        missing: TreatMissingData.IGNORE,
      });
    }
  }

  /** Gives a function the right to send mail from the domain. */
  allowSending(by: BundledFunction): void {
    by.allow(["ses:SendEmail", "ses:SendRawEmail"], this.#resources);
  }

  /** Feedback contains people's addresses, so it is encrypted; SES can only use a key whose policy names it. */
  #feedback(configurationSetArn: string): Topic {
    const ses = new ServicePrincipal("ses.amazonaws.com");
    const ourAccount = { "aws:SourceAccount": Stack.of(this).account };
    const key = new Key(this, "FeedbackKey", {
      description: "Encrypts feedback on mails on its way to mail-feedback",
      enableKeyRotation: true,
      // Messages are encrypted with it only until they are delivered.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [ses],
        actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
        resources: ["*"],
        // A caller without these condition keys can use the encryption key, but cannot publish with it.
        conditions: { StringEqualsIfExists: ourAccount },
      }),
    );
    const topic = new Topic(this, "Feedback", { masterKey: key, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [ses],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { ...ourAccount, "aws:SourceArn": configurationSetArn },
        },
      }),
    );
    return topic;
  }

  #publish(): void {
    const destination = new CfnConfigurationSetEventDestination(this, "FeedbackDestination", {
      configurationSetName: this.configurationSetName,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["bounce", "complaint", "delivery"],
        snsDestination: { topicArn: this.feedback.topicArn },
      },
    });
    // SES publishes a test message at once, which the policy must already allow.
    const policy = this.feedback.node.tryFindChild("Policy");
    if (policy) destination.node.addDependency(policy);
  }
}

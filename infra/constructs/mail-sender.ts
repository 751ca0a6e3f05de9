import { RemovalPolicy, Stack } from "aws-cdk-lib";
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

export interface MailSenderProps {
  /** The sender's address. */
  readonly sender: string;
}

/** The sender's domain with DKIM, the configuration set for sending, and the topic for feedback. */
export class MailSender extends Construct {
  readonly configurationSetName: string;
  /** Bounces, complaints and deliveries of mails that are sent with the configuration set. */
  readonly feedback: Topic;
  /** CNAME records (name and value) that the domain's DNS must have before SES sends anything. */
  readonly dnsRecords: readonly string[];
  readonly #resources: readonly string[];

  constructor(scope: Construct, id: string, { sender }: MailSenderProps) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, "Configuration", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // SES also suppresses these addresses itself, independently of our table.
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
    // SES also requires a right to the domain's configuration set.
    this.#resources = [identity.emailIdentityArn, ofConfigurationSet];
    this.feedback = this.#feedback(ofConfigurationSet);
    this.#publish();
  }

  /** Grants a function to send mail from the domain. */
  allowSending(by: BundledFunction): void {
    by.allow(["ses:SendEmail", "ses:SendRawEmail"], this.#resources);
  }

  /** Feedback holds e-mail addresses, so it is encrypted; with a key of our own, because its policy must admit SES. */
  #feedback(configurationSetArn: string): Topic {
    const ses = new ServicePrincipal("ses.amazonaws.com");
    const ourAccount = { "aws:SourceAccount": Stack.of(this).account };
    const key = new Key(this, "FeedbackKey", {
      description: "Encrypts feedback on mails on its way to mail-feedback",
      enableKeyRotation: true,
      // The key may be deleted with the stack, because messages stay encrypted only until they are delivered.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [ses],
        actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
        resources: ["*"],
        // SES may leave the account out when it uses the key, but it needs the account to publish.
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
    // SES sends a test message at once, which fails without the topic's policy.
    const policy = this.feedback.node.tryFindChild("Policy");
    if (policy) destination.node.addDependency(policy);
  }
}

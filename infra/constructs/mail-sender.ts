import { Stack } from "aws-cdk-lib";
import { ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { BundledFunction } from "./bundled-function.ts";

export interface MailSenderProps {
  /** The address that mails come from. */
  readonly sender: string;
}

/** The domain that mails come from, signed with DKIM, and how SES sends them. */
export class MailSender extends Construct {
  readonly #resources: readonly string[];

  constructor(scope: Construct, id: string, { sender }: MailSenderProps) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, "Configuration", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    const domain = sender.slice(sender.lastIndexOf("@") + 1);
    const identity = new EmailIdentity(this, "Domain", {
      identity: Identity.domain(domain),
      configurationSet,
      dkimSigning: true,
    });
    const ofConfigurationSet = Stack.of(this).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: configurationSet.configurationSetName,
    });
    // SES asks for the right to use the domain's configuration set as well.
    this.#resources = [identity.emailIdentityArn, ofConfigurationSet];
  }

  /** Gives a function the right to send mail from the domain. */
  allowSending(by: BundledFunction): void {
    by.allow(["ses:SendEmail"], this.#resources);
  }
}

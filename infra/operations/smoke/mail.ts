import {
  DescribeConfigurationSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from "@aws-sdk/client-ses";
import { failed, faultsOr, ok, type Check, type Outcome } from "./check.ts";
import { ofType, type Place } from "./place.ts";
import { again, faultsOfAll, onAws } from "./resources.ts";

/* The check of SES; it describes, and never changes. */

/** SES lets an account in the sandbox send this many mails a day. */
const sandboxMails = 200;

async function mail(place: Place): Promise<Outcome[]> {
  const client = new SESClient(place.installation.client);
  const identities = ofType(place, "AWS::SES::EmailIdentity").map(({ physicalId }) => physicalId);
  const Identities = { Identities: identities };
  const [verification, dkim, quota, sending] = await Promise.all([
    client.send(new GetIdentityVerificationAttributesCommand(Identities)),
    client.send(new GetIdentityDkimAttributesCommand(Identities)),
    client.send(new GetSendQuotaCommand({})),
    client.send(new GetAccountSendingEnabledCommand({})),
  ]);
  const outcomes = identities.flatMap((identity) => {
    const verified = verification.VerificationAttributes?.[identity]?.VerificationStatus;
    const signed = dkim.DkimAttributes?.[identity];
    const faults = [
      ...(verified === "Success" ? [] : [`${identity} is not verified: ${verified ?? "unknown"}`]),
      ...(signed?.DkimEnabled && signed.DkimVerificationStatus === "Success"
        ? []
        : [`DKIM of ${identity} is ${signed?.DkimVerificationStatus ?? "off"}`]),
    ];
    const todo = "put the outputs DkimRecord1 to 3 into the domain's DNS; SES looks for them for 72 hours";
    return faultsOr(`${identity} is verified, with DKIM`, faults, todo);
  });
  const most = quota.Max24HourSend ?? 0;
  return [
    ...outcomes,
    ...(sending.Enabled
      ? []
      : [failed("sending is paused for the account", "SES console → Account dashboard")]),
    most > sandboxMails || most < 0
      ? ok(`the account sends up to ${most} mails a day`)
      : failed(`the account is in the sandbox: ${most} mails a day`, "request production access"),
    ...(await feedbackOutcomes(place, client)),
  ];
}

async function feedbackOutcomes(place: Place, client: SESClient): Promise<Outcome[]> {
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::SES::ConfigurationSet",
    async ({ physicalId: ConfigurationSetName }) => {
      const { EventDestinations = [] } = await client.send(
        new DescribeConfigurationSetCommand({
          ConfigurationSetName,
          ConfigurationSetAttributeNames: ["eventDestinations"],
        }),
      );
      const events = EventDestinations.filter(
        ({ Enabled, SNSDestination }) => Enabled && SNSDestination,
      ).flatMap(({ MatchingEventTypes = [] }) => MatchingEventTypes);
      return (["bounce", "complaint", "delivery"] as const)
        .filter((event) => !events.includes(event))
        .map((event) => `no feedback on ${event}`);
    },
  );
  return faultsOr(`${count} configuration set, with feedback`, faults, again);
}

export const mailChecks: readonly Check[] = [{ name: "mail", run: onAws("describing SES's account", mail) }];

import { randomBytes } from "node:crypto";
import { reminderSupersededBy } from "../../domain/jobs/superseded-reminder.ts";
import { bringsLetter, goesToRole, type MailOutcome, type UserMail } from "../../domain/mail.ts";
import type { Measure } from "../../domain/measurements.ts";
import { MailRefused, type MailMessage, type MailOutbox, type MailService } from "../../domain/ports/mail.ts";
import type { PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, plusHours, type Clock } from "../../domain/time.ts";
import { isUsable, takesMail } from "../../domain/user.ts";
import { secretHash } from "../../domain/secret-hash.ts";
import { letterMessage, type LetterDependencies } from "./deliver-letter.ts";
import { distributeMail, type DistributeDependencies } from "./distribute-mail.ts";
import { describeError, logger } from "../../runtime/logging.ts";
import { measureOutcome } from "./measure-outcome.ts";

export interface DeliverMailDependencies extends LetterDependencies, DistributeDependencies {
  readonly outbox: Omit<MailOutbox, "setAside">;
  readonly users: Pick<UserRepository, "findMember">;
  readonly links: Pick<PasswordLinkRepository, "mint">;
  readonly mailService: MailService;
  /** @param linkToken the secret of a password link; null for mails without one */
  readonly render: (mail: UserMail, recipient: Member, linkToken: string | null) => MailMessage;
  readonly measure: Measure;
  readonly settings: Settings;
  readonly clock: Clock;
}

export type DeliveryResult = MailOutcome["state"] | "already-settled";

/** Sends one mail of the outbox, unless it is settled already. Any error thrown means that it should be tried again. */
export type DeliverMail = (mailId: string) => Promise<DeliveryResult>;

/** 256 random bits (SECURITY 11). */
const linkTokenBytes = 32;

/**
 * Name, address and the secret of a link are filled in now, so that no copy of them is stored with the mail. A
 * superseded or refused mail is settled without being sent, and does not hold up the others.
 */
export function deliverMail(dependencies: DeliverMailDependencies): DeliverMail {
  const { outbox, mailService, measure, clock } = dependencies;
  return async (mailId) => {
    const entry = await outbox.find(mailId);
    if (!entry || entry.state !== "queued") return "already-settled";
    const { mail } = entry;
    const conclude = async (outcome: MailOutcome) => {
      await outbox.settle(mailId, outcome);
      measureOutcome(measure, mail, outcome);
      return outcome.state;
    };
    const settle = (state: "refused" | "superseded", reason: string) =>
      conclude({ state, at: instant(clock()), reason });
    if (goesToRole(mail)) {
      const mails = await distributeMail(mail, dependencies);
      return conclude({ state: "distributed", at: instant(clock()), mails });
    }
    try {
      const message = bringsLetter(mail)
        ? await letterMessage(mail, dependencies)
        : await userMessage(mail, dependencies);
      if ("superseded" in message) return await settle("superseded", message.superseded);
      const messageId = await mailService.send(message);
      return await conclude({ state: "sent", at: instant(clock()), messageId });
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      logger.error("mail refused", { mailId, ...describeError(error) });
      return settle("refused", error.message);
    }
  };
}

/** The message to a user, or the reason why it is no longer wanted. */
async function userMessage(
  mail: UserMail,
  dependencies: DeliverMailDependencies,
): Promise<MailMessage | { readonly superseded: string }> {
  const { users, render } = dependencies;
  const recipient = await users.findMember(mail.organisationId, mail.username);
  if (!recipient || !isUsable(recipient.user.status)) return { superseded: "account-not-usable" };
  const formerAddress = mail.template === "email-changed" ? mail.data.formerAddress : null;
  if (formerAddress !== null) return render(mail, atAddress(recipient, formerAddress), null);
  const { mailStatus } = recipient.user;
  if (!takesMail(mailStatus)) return { superseded: `address-${mailStatus}` };
  // The link was requested before the closure, and could not be used now.
  if (mail.template === "password-link" && recipient.organisation.status === "closed") {
    return { superseded: "organisation-closed" };
  }
  const supersededBy = reminderSupersededBy(mail, recipient.user);
  if (supersededBy !== null) return { superseded: supersededBy };
  const linkToken = await mintToken(mail, dependencies);
  return linkToken === "superseded" ? { superseded: "newer-link" } : render(mail, recipient, linkToken);
}

/** The recipient at their former address, which is told of the change. */
function atAddress(recipient: Member, email: string): Member {
  return { ...recipient, user: { ...recipient.user, email } };
}

/** A new secret for a mail with a link; every attempt makes its own, so that none needs to be stored. */
async function mintToken(
  mail: UserMail,
  { links, clock, settings }: DeliverMailDependencies,
): Promise<string | null> {
  if (mail.template !== "password-link") return null;
  const token = randomBytes(linkTokenBytes).toString("base64url");
  const reference = {
    organisationId: mail.organisationId,
    username: mail.username,
    linkId: mail.data.linkId,
  };
  const now = clock();
  const minted = await links.mint(
    reference,
    secretHash(token),
    instant(now),
    plusHours(now, settings.linkHours),
  );
  return minted ? token : "superseded";
}

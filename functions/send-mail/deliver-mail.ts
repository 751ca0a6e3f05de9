import { randomBytes } from "node:crypto";
import type { OutboxMail } from "../../shared/domain/mail.ts";
import {
  MailRefused,
  type MailMessage,
  type MailOutbox,
  type MailService,
  type Member,
  type PasswordLinkRepository,
  type UserRepository,
} from "../../shared/domain/ports.ts";
import type { Settings } from "../../shared/domain/settings.ts";
import { instant, plusHours, type Clock } from "../../shared/domain/time.ts";
import { isUsable } from "../../shared/domain/user.ts";
import { secretHash } from "../../shared/http/authentication.ts";

export interface DeliverMailDependencies {
  readonly outbox: MailOutbox;
  readonly users: Pick<UserRepository, "findMember">;
  readonly links: Pick<PasswordLinkRepository, "mint">;
  readonly mailService: MailService;
  /** @param linkToken the secret of a password link; null for mails without one */
  readonly render: (mail: OutboxMail, recipient: Member, linkToken: string | null) => MailMessage;
  readonly settings: Settings;
  readonly clock: Clock;
}

export type DeliveryResult = "sent" | "refused" | "superseded" | "already-settled";

/** Sends one mail of the outbox, unless it has been. Any error thrown means: worth trying again. */
export type DeliverMail = (mailId: string) => Promise<DeliveryResult>;

/** 256 random bits (SECURITY 11). */
const linkTokenBytes = 32;

/**
 * Name, address and the secret of a link come in at this moment and are stored nowhere; a mail that is no
 * longer wanted is put aside, one that is refused for good is marked so and holds up nobody else's.
 */
export function deliverMail(dependencies: DeliverMailDependencies): DeliverMail {
  const { outbox, users, mailService, render, clock } = dependencies;
  return async (mailId) => {
    const entry = await outbox.find(mailId);
    if (!entry || entry.state !== "queued") return "already-settled";
    const { mail } = entry;
    const settle = async (state: "refused" | "superseded", reason: string) => {
      await outbox.settle(mailId, { state, at: instant(clock()), reason });
      return state;
    };
    const recipient = await users.findMember(mail.organisationId, mail.username);
    if (!recipient || !isUsable(recipient.user.status)) return settle("superseded", "account-not-usable");
    if (recipient.user.mailStatus === "bounced") return settle("superseded", "address-bounces");
    const linkToken = await mintedToken(mail, dependencies);
    if (linkToken === "superseded") return settle("superseded", "newer-link");
    try {
      const messageId = await mailService.send(render(mail, recipient, linkToken));
      await outbox.settle(mailId, { state: "sent", at: instant(clock()), messageId });
      return "sent";
    } catch (error) {
      if (error instanceof MailRefused) return settle("refused", error.message);
      throw error;
    }
  };
}

/** A fresh secret for a mail with a link; every try has its own, so that none needs to be kept. */
async function mintedToken(
  mail: OutboxMail,
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

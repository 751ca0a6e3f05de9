import type { RoleMail, UserMail } from "../../domain/mail.ts";
import type { MailOutbox } from "../../domain/ports/mail.ts";
import type { RoleRepository } from "../../domain/role-change.ts";
import { stableId } from "../jobs/stable-id.ts";

export interface DistributeDependencies {
  readonly outbox: Pick<MailOutbox, "queueOnce">;
  readonly roles: Pick<RoleRepository, "administrators">;
}

/**
 * Queues a mail to everyone who actively holds the role now. Ids are derived from the mail and the holder, so another
 * attempt completes what was begun and queues nothing twice.
 * @returns the number of holders
 */
export async function distributeMail(
  mail: RoleMail,
  { outbox, roles }: DistributeDependencies,
): Promise<number> {
  const { toRole, ...rest } = mail;
  const administrators = await roles.administrators(mail.organisationId);
  const holders = administrators.filter((one) => one.status === "active" && one.roles.includes(toRole));
  for (const { username } of holders) {
    const toOne: UserMail = { ...rest, id: stableId(mail.id, username), username };
    await outbox.queueOnce(toOne);
  }
  return holders.length;
}

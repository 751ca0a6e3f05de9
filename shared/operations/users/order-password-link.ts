import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import { mailsCaused, type HourlyLimits } from "../../domain/hourly-limit.ts";
import type { PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { isUsable, takesMail } from "../../domain/user.ts";
import { userShown } from "../kit/data-access.ts";
import type { Operation } from "../kit/operation.ts";
import { passwordLinkOrdered } from "../../texts/password-links.ts";
import { managedUser } from "./managed-user.ts";
import { routes } from "./routes.ts";

export interface OrderPasswordLinkDependencies {
  readonly users: Pick<UserRepository, "find">;
  readonly links: Pick<PasswordLinkRepository, "order">;
  readonly settings: HourlyLimits;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Sends a user a link when an administrator of the organisation or CIZ asks for it (routes.ts says who may). */
export function orderPasswordLink({
  users,
  links,
  settings,
  clock,
  newId,
}: OrderPasswordLinkDependencies): Operation<typeof routes.orderPasswordLink> {
  return async ({ params, caller, origin, language, repeatable }) => {
    const user = await managedUser(users, { params, caller }, routes.orderPasswordLink);
    if (!isUsable(user.status)) throw new DomainError("account-not-usable");
    if (!takesMail(user.mailStatus)) throw new DomainError("mail-not-deliverable");
    const { organisationId, username } = user;
    const now = clock();
    const [at, linkId] = [instant(now), newId()];
    const event = auditEvent(newId(), at, origin, {
      organisationId,
      action: "password-link.requested",
      subject: { type: "user", id: username },
      outcome: "done",
    });
    const mail = {
      id: newId(),
      template: "password-link",
      data: { linkId },
      organisationId,
      username,
      createdAt: at,
    } as const;
    await links.order({
      user,
      by: caller.user,
      linkId,
      now,
      consequences: {
        mails: [mail],
        events: [event],
        counted: mailsCaused(1, { by: caller.user, now, settings }),
        ...repeatable?.keepDone(),
      },
    });
    return { body: { message: passwordLinkOrdered(language) }, dataAccess: userShown(user), audited: true };
  };
}

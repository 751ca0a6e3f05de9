import { tooManyAttempts } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { LoginNameReminders } from "../../domain/ports/passwords.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import { loginNameReminderRequested } from "../../texts/login-name-reminders.ts";
import { canGetLink } from "./request-password-link.ts";
import type { routes } from "./routes.ts";

export interface RemindLoginNameDependencies {
  readonly users: Pick<UserRepository, "findMember">;
  readonly reminders: LoginNameReminders;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Looked up in place of the holder of an unknown address, so that it takes the same calls (SECURITY 10). */
const nobody = { organisationId: "0", username: "nobody" };

/**
 * Mails the login name to a user who can use it, and nothing to anyone else. Known and unknown addresses get the same
 * answer and take the same three calls, as with links (DESIGN §2, Two mails).
 * @returns an operation that throws too-many-attempts
 */
export function remindLoginName({
  users,
  reminders,
  clock,
  newId,
}: RemindLoginNameDependencies): Operation<typeof routes.remindLoginName> {
  return async ({ body: { email }, sourceAddress: address, origin, language, repeatable }) => {
    const now = clock();
    const allowance = await reminders.allowance(email, address, now);
    if (!allowance.allowed) throw tooManyAttempts(allowance.retryAfterSeconds);
    const { organisationId, username } = allowance.holder ?? nobody;
    const member: Member | null = await users.findMember(organisationId, username);
    const isSent = member !== null && canGetLink(member);
    const at = instant(now);
    const event = auditEvent(newId(), at, origin, {
      organisationId: member?.user.organisationId ?? null,
      action: isSent ? "login-name.requested" : "login-name.refused",
      subject: { type: "user", id: member?.user.username ?? "unknown" },
      outcome: isSent ? "done" : "refused",
    });
    const mail = {
      id: newId(),
      template: "login-name" as const,
      data: {},
      ...{ organisationId, username, createdAt: at },
    };
    await reminders.request({
      ...{ email, address, now },
      consequences: { mails: isSent ? [mail] : [], events: [event], ...repeatable?.keepDone() },
    });
    return { body: { message: loginNameReminderRequested(language) } };
  };
}

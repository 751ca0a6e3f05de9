import type { UserMail } from "../mail.ts";
import type { User } from "../user.ts";
import { unusedSince } from "./inactivity.ts";

/**
 * A user may do what a reminder asks for after the job queued it and before it is sent.
 * @returns the reason's code if the mail is no longer wanted, otherwise null
 */
export function reminderSupersededBy(mail: UserMail, user: User): string | null {
  if (mail.template === "password-expires" && user.passwordExpiresAt !== mail.data.expiresAt) {
    return "password-renewed";
  }
  if (mail.template === "account-lapses" && unusedSince(user) > mail.data.since) return "signed-in-since";
  return null;
}

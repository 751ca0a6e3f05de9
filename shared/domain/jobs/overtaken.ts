import type { UserMail } from "../mail.ts";
import type { User } from "../user.ts";
import { unusedSince } from "./inactivity.ts";

/**
 * Whether a user has done, between the job and the sending of its mail, what the mail asks for.
 * @returns the reason's code, or null if the mail is still wanted
 */
export function overtaken(mail: UserMail, user: User): string | null {
  if (mail.template === "password-expires" && user.passwordExpiresAt !== mail.data.expiresAt) {
    return "password-renewed";
  }
  if (mail.template === "account-lapses" && unusedSince(user) > mail.data.since) return "signed-in-since";
  return null;
}

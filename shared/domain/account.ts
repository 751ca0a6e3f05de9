import type { OutboxMail } from "./mail.ts";
import { formatLoginName, loginNameStem } from "./login-name.ts";
import type { Person } from "./person.ts";
import { LoginNameTaken, type UserRepository } from "./ports/users.ts";
import type { Instant } from "./time.ts";
import type { Role, User } from "./user.ts";

/** A new account in state `invited`, without a password. */
export function newAccount(account: {
  person: Person;
  username: string;
  organisationId: string;
  roles: readonly Role[];
  createdAt: Instant;
}): User {
  const { person, ...rest } = account;
  return {
    ...person,
    ...rest,
    status: "invited",
    remark: null,
    lastLoginAt: null,
    passwordChangedAt: null,
    passwordExpiresAt: null,
    mailStatus: "unknown",
    passwordLink: null,
    sessions: {},
    version: 1,
  };
}

/** The mail with the instruction for a new user; it holds no secret (DESIGN §2, Two mails). */
export function welcomeMail(id: string, user: User): OutboxMail {
  return {
    id,
    template: "welcome",
    data: { administrator: user.roles.length > 0 },
    organisationId: user.organisationId,
    username: user.username,
    createdAt: user.createdAt,
  };
}

/** Requests in parallel may create people of the same name, and each of them takes one number. */
const mostTries = 60;
const longestPauseMilliseconds = 120;

/**
 * Chooses the lowest free login name for a person and stores an account under it. It chooses again when a
 * parallel request took the name.
 * @param store writes the account; throws LoginNameTaken if the name was taken meanwhile
 */
export async function withFreeLoginName<T>(
  person: Pick<Person, "initials" | "lastName">,
  users: Pick<UserRepository, "highestLoginNumber">,
  store: (username: string) => Promise<T>,
): Promise<T> {
  const stem = loginNameStem(person);
  for (let attempt = 1; ; attempt += 1) {
    const number = (await users.highestLoginNumber(stem)) + 1;
    try {
      return await store(formatLoginName({ stem, number }));
    } catch (error) {
      if (!(error instanceof LoginNameTaken) || attempt === mostTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMilliseconds));
    }
  }
}

import { isDomainError } from "../../shared/domain/errors.ts";
import { changePassword } from "../../shared/operations/passwords/change-password.ts";
import type { AcceptPasswordDependencies } from "../../shared/operations/passwords/accept-password.ts";
import { redeemPasswordLink } from "../../shared/operations/passwords/redeem-password-link.ts";
import type { PasswordFault } from "../../shared/domain/password-policy.ts";
import type { Member } from "../../shared/domain/ports/users.ts";

/** Sets a password; returns the faults for which it was refused, an empty list if it was set. */
export type PasswordPath = (member: Member, password: string) => Promise<readonly PasswordFault[]>;

const origin = { actor: null, address: "192.0.2.1", requestId: "request" };

async function faultsOf(attempt: Promise<unknown>): Promise<readonly PasswordFault[]> {
  try {
    await attempt;
    return [];
  } catch (error) {
    if (isDomainError(error, "password-rejected"))
      return error.errors.map(({ code }) => code as PasswordFault);
    throw error;
  }
}

/** Every path that sets a password. Add new ones here. */
export function passwordPaths(dependencies: AcceptPasswordDependencies): Record<string, PasswordPath> {
  const linkOf = (member: Member): Member => ({
    ...member,
    user: {
      ...member.user,
      passwordLink: {
        id: "link",
        requestedAt: "2026-01-01T00:00:00.000Z",
        sentAt: "2026-01-01T00:00:00.000Z",
        expiresAt: "9999-01-01T00:00:00.000Z",
        state: "open",
      },
    },
  });
  return {
    "with a link": (member, password) => {
      const { organisationId, username } = member.user;
      const redeem = redeemPasswordLink({
        ...dependencies,
        links: {
          find: () => Promise.resolve({ organisationId, username, linkId: "link" }),
        },
        users: { findMember: () => Promise.resolve(linkOf(member)) },
      });
      const request = { params: { token: "token" }, body: { password }, origin };
      return faultsOf(redeem(request as Parameters<typeof redeem>[0]));
    },
    "knowing the current one": (member, password) => {
      const tokens = {
        username: "",
        idToken: "",
        refreshToken: null,
        jti: "",
        organisationId: "2",
        expiresInSeconds: 900,
      };
      const change = changePassword({
        ...dependencies,
        authenticate: ({ username, device }) =>
          Promise.resolve({
            ...member,
            tokens,
            attempt: { username, device, organisationId: null, id: "attempt", last: false },
          }),
        guard: { clear: () => Promise.resolve() },
      });
      const request = {
        params: {},
        query: {},
        body: { currentPassword: "is right", newPassword: password },
        caller: { ...member, sessionId: "session" },
        origin,
        language: "nl" as const,
        sourceAddress: "192.0.2.1",
      };
      return faultsOf(change(request as Parameters<typeof change>[0]));
    },
  };
}

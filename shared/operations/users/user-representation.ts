import type * as z from "zod/mini";
import { displayedName } from "../../domain/person.ts";
import { instant } from "../../domain/time.ts";
import { linkState, type User } from "../../domain/user.ts";
import type * as schemas from "./schemas.ts";

/** A user as the API shows it (DESIGN §4). */
export function userRepresentation(user: User, now: Date): z.infer<typeof schemas.user> {
  const link = user.passwordLink;
  return {
    username: user.username,
    organisationId: user.organisationId,
    initials: user.initials,
    firstName: user.firstName,
    infix: user.infix,
    lastName: user.lastName,
    name: displayedName(user),
    email: user.email,
    phone: user.phone,
    fax: user.fax,
    memo: user.memo,
    roles: [...user.roles],
    status: user.status,
    remark: user.remark,
    createdAt: user.createdAt,
    lastLoginAt: user.lastLoginAt,
    passwordExpiresAt: user.passwordExpiresAt,
    mailStatus: user.mailStatus,
    passwordLink: link && { sentAt: link.sentAt, state: linkState(link, instant(now)) },
  };
}

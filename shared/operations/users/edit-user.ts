import { DomainError } from "../../domain/errors.ts";
import { addressChangedMails, changedFields, movesAddress } from "../../domain/account-changes.ts";
import { auditEvent } from "../../domain/audit.ts";
import { emailWithinDomains, type Person } from "../../domain/person.ts";
import { mailsCaused, type HourlyLimits } from "../../domain/hourly-limit.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { isUsable, type User } from "../../domain/user.ts";
import { requireMatch } from "../kit/precondition.ts";
import { userShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { userRepresentation } from "./user-representation.ts";
import type { OperationRequest, Operation } from "../kit/operation.ts";
import { managedUser } from "./managed-user.ts";
import { requireSoundPerson } from "./new-person.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { routes } from "./routes.ts";

export interface EditUserDependencies {
  readonly users: Pick<UserRepository, "find" | "edit">;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly settings: HourlyLimits;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Changes a user's data if the caller has seen the current version. No difference means no write, and an event only if CIZ sees it. */
export function editUser(dependencies: EditUserDependencies): Operation<typeof routes.editUser> {
  const { users, clock, newId, settings } = dependencies;
  return async ({ params, body, caller, origin, ifMatch, repeatable }) => {
    const before = await managedUser(users, { params, caller }, routes.editUser);
    if (!isUsable(before.status)) throw new DomainError("account-not-usable");
    requireMatch(ifMatch, before);
    const after = applyChange(before, body);
    const fields = changedFields(before, after);
    const now = clock();
    requireSoundPerson(after, before);
    if (fields.length === 0) return userResponse(before, now);
    if (movesAddress(before, after)) {
      const { emailDomains } = await findOrganisation(params.id, caller, dependencies);
      if (!emailWithinDomains(after.email, emailDomains)) throw new DomainError("email-outside-domain");
    }
    const at = instant(now);
    const event = auditEvent(newId(), at, origin, {
      organisationId: params.id,
      action: "user.edited",
      subject: { type: "user", id: before.username },
      outcome: "done",
      detail: { fields },
    });
    const mails = addressChangedMails(before, after, at, newId);
    const counted = mailsCaused(mails.length, { by: caller.user, now, settings });
    const consequences = {
      mails,
      events: [event],
      ...(mails.length > 0 && { counted }),
      ...repeatable?.keepDone(),
    };
    const edited = await users.edit(before, after, at, consequences);
    return { ...userResponse(edited, now), audited: true };
  };
}

/** Fields that the change leaves out keep their value. */
function applyChange(user: User, change: OperationRequest<typeof routes.editUser>["body"]): Person {
  const { initials, firstName, infix, lastName, email, phone, fax, memo } = user;
  const person = { initials, firstName, infix, lastName, email, phone, fax, memo };
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...person, ...Object.fromEntries(given) };
}

function userResponse(user: User, now: Date) {
  return {
    body: userRepresentation(user, now),
    headers: { ETag: entityTag(user) },
    dataAccess: userShown(user),
  };
}

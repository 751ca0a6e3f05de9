import { DomainError } from "../../domain/errors.ts";
import { newAccount, welcomeMail, withFreeLoginName } from "../../domain/account.ts";
import { auditEvent } from "../../domain/audit.ts";
import { emailWithinDomains } from "../../domain/person.ts";
import { mailsCaused, type HourlyLimits } from "../../domain/hourly-limit.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { userShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { userRepresentation } from "./user-representation.ts";
import type { Operation } from "../kit/operation.ts";
import { newPerson } from "./new-person.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import type { routes } from "./routes.ts";

export interface CreateUserDependencies {
  readonly users: Pick<UserRepository, "find" | "highestLoginNumber" | "create">;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly settings: HourlyLimits;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Adds a user to an organisation, with the welcome mail and the audit event in the same transaction. A person who had
 * an account before gets another login name, and no roles.
 */
export function createUser(dependencies: CreateUserDependencies): Operation<typeof routes.createUser> {
  const { users, clock, newId, settings } = dependencies;
  return async ({ params, body, caller, origin, repeatable }) => {
    const organisation = await findOrganisation(params.id, caller, dependencies);
    if (organisation.status === "closed") throw new DomainError("no-new-users");
    const person = await newPerson(params.id, body, users);
    if (!emailWithinDomains(person.email, organisation.emailDomains))
      throw new DomainError("email-outside-domain");
    const now = clock();
    const at = instant(now);
    return withFreeLoginName(person, users, async (username) => {
      const account = newAccount({
        person,
        username,
        organisationId: params.id,
        roles: [],
        createdAt: at,
      });
      const event = auditEvent(newId(), at, origin, {
        organisationId: params.id,
        action: "user.created",
        subject: { type: "user", id: username },
        outcome: "done",
        ...(body.recreateFrom !== undefined && {
          detail: { recreatedFrom: body.recreateFrom.toLowerCase() },
        }),
      });
      const response = {
        body: userRepresentation(account, now),
        headers: { Location: `/v1/organisations/${params.id}/users/${username}`, ETag: entityTag(account) },
        dataAccess: userShown(account),
        audited: true as const,
      };
      await users.create(account, {
        mails: [welcomeMail(newId(), account)],
        events: [event],
        counted: mailsCaused(1, { by: caller.user, now, settings }),
        ...repeatable?.keep(response),
      });
      return response;
    });
  };
}

import { newAccount, welcomeMail, withFreeLoginName } from "../../shared/domain/account.ts";
import { auditEvent } from "../../shared/domain/audit.ts";
import { EmailOutsideDomain, NotFound } from "../../shared/domain/errors.ts";
import type { Organisation } from "../../shared/domain/organisation.ts";
import { emailWithinDomains } from "../../shared/domain/person.ts";
import type { OrganisationRepository, UserRepository } from "../../shared/domain/ports.ts";
import { instant, type Clock } from "../../shared/domain/time.ts";
import { entityTag, userRepresentation } from "../../shared/http/representations.ts";
import type { Caller, Operation } from "../../shared/http/route.ts";
import type { routes } from "./routes.ts";

export interface CreateUserDependencies {
  readonly users: Pick<UserRepository, "highestLoginNumber" | "create">;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Adds a user to an organisation, with the welcome mail and the trace in the same transaction. */
export function createUser(dependencies: CreateUserDependencies): Operation<typeof routes.createUser> {
  const { users, clock, newId } = dependencies;
  return async ({ params, body, caller, origin }) => {
    const organisation = await organisationOf(params.id, caller, dependencies);
    if (!emailWithinDomains(body.email, organisation.emailDomains)) throw new EmailOutsideDomain();
    const now = clock();
    const at = instant(now);
    const user = await withFreeLoginName(body, users, async (username) => {
      const account = newAccount({
        person: body,
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
      });
      await users.create(account, { mails: [welcomeMail(newId(), account)], events: [event] });
      return account;
    });
    return {
      body: userRepresentation(user, now),
      headers: { Location: `/v1/organisations/${params.id}/users/${user.username}`, ETag: entityTag(user) },
    };
  };
}

/** An administrator's own organisation came with the caller check; only CIZ looks at another. */
async function organisationOf(
  id: string,
  caller: Caller,
  { organisations }: Pick<CreateUserDependencies, "organisations">,
): Promise<Organisation> {
  const organisation = caller.organisation.id === id ? caller.organisation : await organisations.find(id);
  if (!organisation) throw new NotFound();
  return organisation;
}

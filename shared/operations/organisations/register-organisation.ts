import { withFreeLoginName } from "../../domain/account.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { checkRegistration, registration } from "../../domain/registration.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { organisationShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { requireSoundPerson } from "../users/new-person.ts";
import { userRepresentation } from "../users/user-representation.ts";
import { organisationRepresentation } from "./organisation-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** Registers an organisation and appoints its first administrator (DESIGN §2, Onboarding). */
export function registerOrganisation({
  organisations,
  users,
  clock,
  newId,
}: {
  organisations: Pick<OrganisationRepository, "nextId" | "register">;
  users: Pick<UserRepository, "highestLoginNumber">;
  clock: Clock;
  newId: () => string;
}): Operation<typeof routes.registerOrganisation> {
  return async ({ body, origin, repeatable }) => {
    const { administrator: person, displayName, email, ...fields } = body;
    const data = { ...fields, displayName: displayName ?? fields.name, email: email ?? null };
    const now = clock();
    checkRegistration(data, person, now);
    requireSoundPerson(person, null, "/administrator");
    const id = await organisations.nextId();
    return withFreeLoginName(person, users, async (username) => {
      const roles = ["organisation-admin"] as const;
      const at = instant(now);
      const entry = registration({ id, data, administrator: person, username, roles, at, origin, newId });
      const { organisation, administrator, consequences } = entry;
      const response = {
        body: {
          organisation: organisationRepresentation(organisation, "operator"),
          administrator: userRepresentation(administrator, now),
        },
        headers: { Location: `/v1/organisations/${id}`, ETag: entityTag(organisation) },
        dataAccess: organisationShown(id),
        audited: true as const,
      };
      await organisations.register(organisation, administrator, {
        ...consequences,
        ...repeatable?.keep(response),
      });
      return response;
    });
  };
}

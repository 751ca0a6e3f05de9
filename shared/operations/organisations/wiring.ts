import type { Tables } from "../../dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../dynamodb/user-repository.ts";
import { system } from "../../runtime/system.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operations } from "../kit/operation.ts";
import { changeOrganisation } from "./change-organisation.ts";
import { getOrganisation } from "./get-organisation.ts";
import { listAdministrators } from "./list-administrators.ts";
import { listOrganisations } from "./list-organisations.ts";
import { listProfiles } from "./list-profiles.ts";
import { registerOrganisation } from "./register-organisation.ts";
import type { routes } from "./routes.ts";
import { setRoles } from "./set-roles.ts";

/** The operations on organisations with their adapters, for the API and for pages. */
export function wireOrganisations(tables: Tables, cursors: Cursors): Operations<typeof routes> {
  const dependencies = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    roles: new DynamoRoleRepository(tables),
    cursors,
    ...system,
  };
  return {
    ...wireOrganisationReading(tables),
    registerOrganisation: registerOrganisation(dependencies),
    changeOrganisation: changeOrganisation(dependencies),
    listOrganisations: listOrganisations(dependencies),
    listAdministrators: listAdministrators(dependencies),
    setRoles: setRoles(dependencies),
    listProfiles: listProfiles(),
  };
}

/** Reading one organisation, without the rights that changing organisations takes. */
export function wireOrganisationReading(tables: Tables): Pick<Operations<typeof routes>, "getOrganisation"> {
  return { getOrganisation: getOrganisation({ organisations: new DynamoOrganisationRepository(tables) }) };
}

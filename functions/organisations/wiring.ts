import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { system } from "../../shared/runtime/system.ts";
import { changeOrganisation } from "../../shared/operations/organisations/change-organisation.ts";
import { getOrganisation } from "../../shared/operations/organisations/get-organisation.ts";
import { listAdministrators } from "../../shared/operations/organisations/list-administrators.ts";
import { listOrganisations } from "../../shared/operations/organisations/list-organisations.ts";
import { listProfiles } from "../../shared/operations/organisations/list-profiles.ts";
import { registerOrganisation } from "../../shared/operations/organisations/register-organisation.ts";
import { setRoles } from "../../shared/operations/organisations/set-roles.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { routes } from "../../shared/operations/organisations/routes.ts";

/** Puts the operations together with what they need; loaded with the first request. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_CLIENT_ID" | "TOKEN_ISSUER" | "TOKEN_JWKS_URI"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  const dependencies = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    roles: new DynamoRoleRepository(tables),
    cursors: new Cursors(cursorSecret(tables)),
    auditTrail: new DynamoAuditTrail(tables),
    ...system,
  };
  return {
    operations: {
      registerOrganisation: registerOrganisation(dependencies),
      getOrganisation: getOrganisation(dependencies),
      changeOrganisation: changeOrganisation(dependencies),
      listOrganisations: listOrganisations(dependencies),
      listAdministrators: listAdministrators(dependencies),
      setRoles: setRoles(dependencies),
      listProfiles: listProfiles(),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
    repetition: { answers: new DynamoKeptAnswers(tables), clock: system.clock },
  };
}

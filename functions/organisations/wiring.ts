import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { Cursors } from "../../shared/http/cursor.ts";
import { system } from "../../shared/system.ts";
import { changeOrganisation } from "./change-organisation.ts";
import { getOrganisation } from "./get-organisation.ts";
import { listAdministrators } from "./list-administrators.ts";
import { listOrganisations } from "./list-organisations.ts";
import { listProfiles } from "./list-profiles.ts";
import { registerOrganisation } from "./register-organisation.ts";
import { setRoles } from "./set-roles.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import type { Environment } from "../../shared/environment.ts";
import type { routes } from "./routes.ts";

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

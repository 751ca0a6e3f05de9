import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { system } from "../../shared/system.ts";
import { getOrganisation } from "./get-organisation.ts";
import { registerOrganisation } from "./register-organisation.ts";
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
    ...system,
  };
  return {
    operations: {
      registerOrganisation: registerOrganisation(dependencies),
      getOrganisation: getOrganisation(dependencies),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
  };
}

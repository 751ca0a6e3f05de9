import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserImportRepository } from "../../shared/dynamodb/user-import-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { system } from "../../shared/runtime/system.ts";
import { importUsers } from "../../shared/operations/imports/import-users.ts";
import type { routes } from "../../shared/operations/imports/routes.ts";

/** Puts the operation together with what it needs; loaded with the first request. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_CLIENT_ID" | "TOKEN_ISSUER" | "TOKEN_JWKS_URI"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  const dependencies = {
    imports: new DynamoUserImportRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    ...system,
  };
  return {
    operations: { importUsers: importUsers(dependencies) },
    authenticate: createAuthenticate(tokenTrustFrom(environment), {
      users: new DynamoUserRepository(tables),
      clock: system.clock,
    }),
    repetition: { answers: new DynamoKeptAnswers(tables), clock: system.clock },
  };
}

import { DynamoAuditReader } from "../../shared/dynamodb/audit-reader.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { system } from "../../shared/runtime/system.ts";
import { listAuditEvents } from "../../shared/operations/audit/list-audit-events.ts";
import type { routes } from "../../shared/operations/audit/routes.ts";

/** Puts the operation together with what it needs; loaded with the first request. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_CLIENT_ID" | "TOKEN_ISSUER" | "TOKEN_JWKS_URI"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  return {
    operations: {
      listAuditEvents: listAuditEvents({
        auditReader: new DynamoAuditReader(tables),
        auditTrail: new DynamoAuditTrail(tables),
        organisations: new DynamoOrganisationRepository(tables),
        cursors: new Cursors(cursorSecret(tables)),
        ...system,
      }),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), {
      users: new DynamoUserRepository(tables),
      clock: system.clock,
    }),
  };
}

import { DynamoAuditTrail } from "../dynamodb/audit-trail.ts";
import type { Tables } from "../dynamodb/client.ts";
import { DynamoKeptAnswers } from "../dynamodb/kept-answers.ts";
import { DynamoRefusedActs } from "../dynamodb/refused-acts.ts";
import { DynamoUserRepository } from "../dynamodb/user-repository.ts";
import type { Environment } from "../runtime/environment.ts";
import { system } from "../runtime/system.ts";
import type { ApiDependencies } from "./api.ts";
import { createAuthenticate, tokenTrustFrom } from "./authentication.ts";
import type { CallDependencies } from "./call-operation.ts";
import { recordDataAccess } from "./record-data-access.ts";
import { recordRefusedAct, type RecordRefusedAct } from "./record-refused-act.ts";

/** The dependencies of `callOperation`, for the API and for pages. */
export function callDependencies(tables: Tables): Required<Omit<CallDependencies, "recordRefusedAct">> {
  return {
    repetition: { answers: new DynamoKeptAnswers(tables), clock: system.clock },
    recordDataAccess: recordDataAccess({ auditTrail: new DynamoAuditTrail(tables), ...system }),
  };
}

/** Records refused acts, for the API and for pages. */
export function refusedActRecorder(tables: Tables): RecordRefusedAct {
  const counter = new DynamoRefusedActs(tables);
  return recordRefusedAct({ counter, auditTrail: new DynamoAuditTrail(tables), ...system });
}

/** The dependencies of a function of the API, apart from its operations. */
export function apiDependencies(
  environment: Environment<"TOKEN_ISSUER" | "TOKEN_JWKS_URI" | "USER_POOL_CLIENT_ID" | "VERSION">,
  tables: Tables,
): ApiDependencies {
  const users = new DynamoUserRepository(tables);
  return {
    ...callDependencies(tables),
    recordRefusedAct: refusedActRecorder(tables),
    authenticate: createAuthenticate(tokenTrustFrom(environment), { users, clock: system.clock }),
    version: environment.VERSION,
  };
}

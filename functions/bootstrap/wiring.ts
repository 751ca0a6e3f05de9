import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { system } from "../../shared/runtime/system.ts";
import { bootstrapOperator } from "../../shared/operations/organisations/bootstrap-operator.ts";

export function wire(
  environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "CONTACTS" | "OPERATOR_ADMIN">,
) {
  const tables = tablesFrom(environment);
  return bootstrapOperator({
    organisations: new DynamoOrganisationRepository(tables),
    users: new DynamoUserRepository(tables),
    operatorName: environment.CONTACTS.operatorName,
    operatorAdmin: environment.OPERATOR_ADMIN,
    ...system,
  });
}

import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { bootstrapOperator } from "../../shared/operations/organisations/bootstrap-operator.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { logger } from "../../shared/runtime/logging.ts";
import { system } from "../../shared/runtime/system.ts";

const environment = readEnvironment(functionVariables.bootstrap);
const tables = tablesFrom(environment);

const bootstrap = bootstrapOperator({
  organisations: new DynamoOrganisationRepository(tables),
  users: new DynamoUserRepository(tables),
  roles: new DynamoRoleRepository(tables),
  operatorName: environment.CONTACTS.operatorName,
  operatorAdmin: environment.OPERATOR_ADMIN,
  settings: environment.SETTINGS,
  ...system,
});

/** Runs at every deployment. An error fails the deployment with its reason. */
export const handler = async (): Promise<{ result: string }> => {
  const result = await bootstrap();
  logger.info("bootstrap", { result });
  return { result };
};

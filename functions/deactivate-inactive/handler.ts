import { DynamoAdministratorRepository } from "../../shared/dynamodb/administrator-repository.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoDueList } from "../../shared/dynamodb/due-list.ts";
import { DynamoJobRepository } from "../../shared/dynamodb/job-repository.ts";
import { DynamoLapseRepository } from "../../shared/dynamodb/lapse-repository.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoReminderRepository } from "../../shared/dynamodb/reminder-repository.ts";
import { DynamoRetentionRepository } from "../../shared/dynamodb/retention-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { deactivateInactive } from "../../shared/operations/jobs/deactivate-inactive.ts";
import { scheduledJob } from "../../shared/operations/jobs/scheduled-job.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { measure } from "../../shared/runtime/metrics.ts";

const environment = readEnvironment(functionVariables["deactivate-inactive"]);
const tables = tablesFrom(environment);

export const handler = scheduledJob({
  name: "deactivate-inactive",
  jobs: new DynamoJobRepository(tables),
  measure,
  work: deactivateInactive({
    due: new DynamoDueList(tables),
    reminders: new DynamoReminderRepository(tables),
    lapses: new DynamoLapseRepository(tables),
    administrators: new DynamoAdministratorRepository(tables),
    roles: new DynamoRoleRepository(tables),
    retention: new DynamoRetentionRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    settings: environment.SETTINGS,
  }),
});

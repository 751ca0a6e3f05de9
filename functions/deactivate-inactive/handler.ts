import { DynamoAdministratorRepository } from "../../shared/dynamodb/administrator-repository.ts";
import { tablesFrom, type Tables } from "../../shared/dynamodb/client.ts";
import { withoutWrites } from "../../shared/dynamodb/dry-run.ts";
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

const workOn = (on: Tables) =>
  deactivateInactive({
    due: new DynamoDueList(on),
    reminders: new DynamoReminderRepository(on),
    lapses: new DynamoLapseRepository(on),
    administrators: new DynamoAdministratorRepository(on),
    roles: new DynamoRoleRepository(on),
    retention: new DynamoRetentionRepository(on),
    organisations: new DynamoOrganisationRepository(on),
    settings: environment.SETTINGS,
  });

export const handler = scheduledJob({
  name: "deactivate-inactive",
  jobs: new DynamoJobRepository(tables),
  measure,
  work: workOn(tables),
  dryWork: workOn(withoutWrites(tables)),
});

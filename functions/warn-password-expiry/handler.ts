import { tablesFrom, type Tables } from "../../shared/dynamodb/client.ts";
import { withoutWrites } from "../../shared/dynamodb/dry-run.ts";
import { DynamoDueList } from "../../shared/dynamodb/due-list.ts";
import { DynamoJobRepository } from "../../shared/dynamodb/job-repository.ts";
import { DynamoReminderRepository } from "../../shared/dynamodb/reminder-repository.ts";
import { scheduledJob } from "../../shared/operations/jobs/scheduled-job.ts";
import { warnPasswordExpiry } from "../../shared/operations/jobs/warn-password-expiry.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { measure } from "../../shared/runtime/metrics.ts";

const environment = readEnvironment(functionVariables["warn-password-expiry"]);
const tables = tablesFrom(environment);

const workOn = (on: Tables) =>
  warnPasswordExpiry({
    due: new DynamoDueList(on),
    reminders: new DynamoReminderRepository(on),
    settings: environment.SETTINGS,
  });

export const handler = scheduledJob({
  name: "warn-password-expiry",
  jobs: new DynamoJobRepository(tables),
  measure,
  work: workOn(tables),
  dryWork: workOn(withoutWrites(tables)),
});

import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoDueList } from "../../shared/dynamodb/due-list.ts";
import { DynamoJobRepository } from "../../shared/dynamodb/job-repository.ts";
import { DynamoReminderRepository } from "../../shared/dynamodb/reminder-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { scheduledJob, type JobHandler } from "../../shared/operations/jobs/scheduled-job.ts";
import { warnPasswordExpiry } from "../../shared/operations/jobs/warn-password-expiry.ts";

export function wire(environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "SETTINGS">): JobHandler {
  const tables = tablesFrom(environment);
  return scheduledJob({
    name: "warn-password-expiry",
    jobs: new DynamoJobRepository(tables),
    measure,
    work: warnPasswordExpiry({
      due: new DynamoDueList(tables),
      reminders: new DynamoReminderRepository(tables),
      settings: environment.SETTINGS,
    }),
  });
}

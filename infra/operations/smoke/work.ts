import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { createDocumentClient } from "../../../shared/dynamodb/client.ts";
import { jobKey } from "../../../shared/dynamodb/keys.ts";
import { outputOf, settingsFor } from "../installation.ts";
import { oldestQueuedMail } from "../queued-mails.ts";
import { failed, ok, skipped, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";

/* Checks of jobs and outbox; they read, and never change. */

/** The table of the domain. */
export const mainTable = (place: Place) => ({
  client: createDocumentClient(settingsFor(place.installation, "dynamodb")),
  tableName: outputOf(place.installation, "TableName"),
});

const dailyJobs = ["deactivate-inactive", "warn-password-expiry"];

/** The jobs run every day; a run that failed is tried again for six hours. */
const jobPatienceHours = 24 + 7;

const JobItem = z.looseObject({
  lastRun: z.looseObject({ until: z.string(), complete: z.boolean() }),
});

const hoursBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000;

/** True while the installation's data is too young for daily work to have been done. */
export async function isYoung(place: Place): Promise<boolean> {
  const { client, tableName: TableName } = mainTable(place);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return hoursBetween(Table?.CreationDateTime ?? new Date(0), place.now) < jobPatienceHours;
}

async function jobs(place: Place): Promise<Outcome[]> {
  const { client, tableName: TableName } = mainTable(place);
  const young = await isYoung(place);
  const todo = "docs/runbooks/job-missed.md and docs/runbooks/job-failed.md";
  const outcomes = dailyJobs.map(async (job): Promise<Outcome> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: jobKey(job) }));
    const item = z.safeParse(JobItem, Item);
    if (!item.success)
      return young
        ? skipped(`${job}: the installation is younger than a day; its first run is at five, UTC`)
        : failed(`${job} has never run`, todo);
    const { until, complete } = item.data.lastRun;
    if (hoursBetween(new Date(until), place.now) > jobPatienceHours)
      return failed(`${job} last ran at ${until}`, todo);
    return complete ? ok(`${job}: ${until}`) : failed(`${job} left entries undone at ${until}`, todo);
  });
  return Promise.all(outcomes);
}

/** The threshold of the alarm "oldest mail". */
const mailPatienceMinutes = 30;

async function outbox(place: Place): Promise<Outcome[]> {
  const oldest = await oldestQueuedMail(mainTable(place));
  if (oldest === null) return [ok("no mail waits")];
  const minutes = Math.floor(hoursBetween(oldest, place.now) * 60);
  return minutes < mailPatienceMinutes
    ? [ok(`the oldest mail waits for ${minutes} minutes`)]
    : [failed(`a mail waits for ${minutes} minutes`, "docs/runbooks/oldest-mail.md")];
}

export const workChecks: readonly Check[] = [
  { name: "jobs", run: jobs },
  { name: "outbox", run: outbox },
];

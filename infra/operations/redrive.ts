import { LambdaClient } from "@aws-sdk/client-lambda";
import { PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import {
  findInstallation,
  outputOf,
  queueSettings,
  run,
  settingsFor,
  type Installation,
} from "./installation.ts";
import { deliver, queuedMails, refusedMails, requeue } from "./queued-mails.ts";
import { daysOf, minutesOf, readScriptOptions } from "./script.ts";

/*
 * npm run redrive
 * Sends the mails that are still queued (docs/runbooks/dead-letters.md), and with `--refused` those that SES refused in
 * the last days as well (docs/runbooks/mail-refused.md). It reads them from the table: the dead letters
 * of send-mail only name positions in a stream, which keeps its records for a day.
 */

const script = {
  command: "npm run redrive",
  purpose: "Sends the mails that still wait, and then empties their dead letters.",
  options: {
    "older-than": { type: "string", default: "60" },
    refused: { type: "string", default: "0" },
    "dry-run": { type: "boolean", default: false },
  },
  help: {
    "older-than": "--older-than <minutes>  takes mails that wait for longer than this; 60 if left out",
    refused: "--refused <days>    takes mails that SES refused in the last days, too; none if left out",
    "dry-run": "--dry-run           says how many wait, and changes nothing",
  },
} as const;

await run(async () => {
  const { values } = readScriptOptions(script, process.argv.slice(2));
  const before = new Date(Date.now() - minutesOf("--older-than", values["older-than"]) * 60_000);
  const refusedDays = daysOf("--refused", values.refused);
  const installation = await findInstallation(values.stage ?? null, values.state);
  const table = {
    client: createDocumentClient(settingsFor(installation, "dynamodb")),
    tableName: outputOf(installation, "TableName"),
  };
  const refused = await refusedMails(table, new Date(Date.now() - refusedDays * 86_400_000));
  console.log(`${refused.length} mails were refused in the last ${refusedDays} days`);
  if (!values["dry-run"]) for (const id of refused) await requeue(table, id);
  const waiting = await queuedMails(table, before);
  console.log(`${waiting.length} mails wait since before ${before.toISOString()}`);
  if (values["dry-run"]) return 0;
  const lambda = new LambdaClient(settingsFor(installation, "lambda"));
  const failed = await deliver(lambda, outputOf(installation, "SendMailFunction"), waiting);
  const still = await queuedMails(table, before);
  console.log(
    `${waiting.length - still.length} dealt with, ${failed.length} failed, ${still.length} still wait`,
  );
  for (const id of still) console.log(`  ${id}${failed.includes(id) ? "" : "  (set aside: damaged)"}`);
  if (still.length > 0) return 1;
  await emptyDeadLetters(installation);
  return 0;
});

/** Deletes the dead letters, which ends the alarm, after all their mails were sent. */
async function emptyDeadLetters(installation: Installation): Promise<void> {
  if (installation.local) return;
  const QueueUrl = outputOf(installation, "SendMailDeadLetters");
  await new SQSClient(queueSettings(installation)).send(new PurgeQueueCommand({ QueueUrl }));
  console.log("The dead letters are about mails that are dealt with: emptied");
}

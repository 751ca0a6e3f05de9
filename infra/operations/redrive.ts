import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { findInstallation, outputOf, run, settingsFor, type Installation } from "./installation.ts";
import { deliver, queuedMails, refusedMails, requeue } from "./queued-mails.ts";

/*
 * npm run redrive -- [--stage <stage>] [--older-than <minutes>] [--refused <days>] [--dry-run]
 * Sends the mails that are still queued (docs/runbooks/dead-letters.md), and with `--refused` those that SES refused in
 * the last days as well (docs/runbooks/mail-refused.md). It reads them from the table: the dead letters
 * of send-mail only name positions in a stream, which keeps its records for a day.
 */

const { values } = parseArgs({
  options: {
    stage: { type: "string" },
    "older-than": { type: "string", default: "60" },
    refused: { type: "string", default: "0" },
    "dry-run": { type: "boolean", default: false },
  },
});

await run(async () => {
  const installation = await findInstallation(values.stage ?? null);
  const table = {
    client: createDocumentClient(settingsFor(installation, "dynamodb")),
    tableName: outputOf(installation, "TableName"),
  };
  const before = new Date(Date.now() - Number(values["older-than"]) * 60_000);
  const refused = await refusedMails(table, new Date(Date.now() - Number(values.refused) * 86_400_000));
  console.log(`${refused.length} mails were refused in the last ${values.refused} days`);
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
  await new SQSClient(installation.client).send(new PurgeQueueCommand({ QueueUrl }));
  console.log("The dead letters are about mails that are dealt with: emptied");
}

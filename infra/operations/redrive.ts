import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { findInstallation, outputOf, run, settingsFor, type Installation } from "./installation.ts";
import { deliver, queuedMails } from "./queued-mails.ts";

/*
 * npm run redrive -- [--stage <stage>] [--older-than <minutes>] [--dry-run]
 * Sends the mails that still wait (docs/runbooks/dead-letters.md). Of the dead letters of send-mail it needs
 * nothing: they say where in a stream a mail stood that forgets after a day; the mails stand in the table.
 */

const { values } = parseArgs({
  options: {
    stage: { type: "string" },
    "older-than": { type: "string", default: "60" },
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

/** Every mail that a dead letter was about has been dealt with; the alarm ends with them. */
async function emptyDeadLetters(installation: Installation): Promise<void> {
  if (installation.local) return;
  const QueueUrl = outputOf(installation, "SendMailDeadLetters");
  await new SQSClient(installation.client).send(new PurgeQueueCommand({ QueueUrl }));
  console.log("The dead letters are about mails that are dealt with: emptied");
}

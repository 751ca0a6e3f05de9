import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DescribeTableCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { momentOfBackup } from "./backup-moment.ts";
import { compare, differences, repair } from "./comparison.ts";
import { findInstallation, OperationError, outputOf, run, settingsFor } from "./installation.ts";
import { lostChanges, namesEnded } from "./lost-changes.ts";
import { momentOf, readScriptOptions } from "./script.ts";

/*
 * npm run compare-restored
 * Prints where a restored table and the user pool differ, and which changes since the moment of restoring have to be
 * made again (docs/runbooks/restore.md). Changes nothing without --repair.
 */

const script = {
  command: "npm run compare-restored",
  purpose: "Prints where a restored table and the user pool differ; changes nothing without --repair.",
  options: {
    table: { type: "string" },
    since: { type: "string" },
    backup: { type: "string" },
    repair: { type: "boolean", default: false },
  },
  help: {
    table: "--table <name>      the restored table; without it the one that the application uses",
    since: "--since <RFC 3339>  lists the changes that were made after the moment of restoring",
    backup: "--backup <ARN>      the same, after the moment of a backup in the stage's vault",
    repair: "--repair            repairs the differences (docs/runbooks/restore.md says how)",
  },
} as const;

await run(async () => {
  const { values } = readScriptOptions(script, process.argv.slice(2));
  if (values.since !== undefined && values.backup !== undefined)
    throw new OperationError("--since and --backup name the same moment: give one of them.");
  const given = values.since === undefined ? null : momentOf("--since", values.since).toISOString();
  const installation = await findInstallation(values.stage ?? null, values.state);
  const since = values.backup === undefined ? given : await momentOfBackup(values.backup, installation);
  const client = createDocumentClient(settingsFor(installation, "dynamodb"));
  const tableName = values.table ?? outputOf(installation, "TableName");
  await requireTable(client, tableName);
  const places = {
    table: { client, tableName },
    cognito: new CognitoIdentityProviderClient(settingsFor(installation, "cognito")),
    userPoolId: outputOf(installation, "UserPoolId"),
  };
  const audit = { client, tableName: outputOf(installation, "AuditTableName") };
  const lost = since === null ? [] : await lostChanges(audit, since);
  const ended = namesEnded(lost);
  const findings = await compare(places, ended);
  for (const finding of findings) {
    const { username, organisationId, difference } = finding;
    console.log(`${username} (organisation ${organisationId}): ${difference}: ${differences[difference]}`);
    if (values.repair) await repair(finding, places);
  }
  const left = values.repair ? await compare(places, ended) : findings;
  console.log(`${findings.length} differences, ${findings.length - left.length} repaired`);
  for (const { at, action, organisationId, subject } of lost) {
    console.log(`to be done again: ${at} ${action} ${subject} (organisation ${organisationId ?? "none"})`);
  }
  return left.length === 0 ? 0 : 1;
});

/** @throws OperationError if there is no table of this name */
async function requireTable(client: DynamoDBDocumentClient, tableName: string): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new OperationError(`There is no table ${tableName}.`);
  }
}

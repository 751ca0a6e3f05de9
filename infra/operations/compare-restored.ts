import { parseArgs } from "node:util";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { compare, differences, repair } from "./comparison.ts";
import { findInstallation, OperationError, outputOf, run, settingsFor } from "./installation.ts";
import { lostChanges, namesEnded } from "./lost-changes.ts";

/*
 * npm run compare-restored -- [--stage <stage>] [--table <name>] [--since <RFC 3339>] [--repair]
 * Prints where a restored table and the user pool differ, and which changes since the moment of restoring have to be
 * made again (docs/runbooks/restore.md). Changes nothing without --repair.
 */

const { values } = parseArgs({
  options: {
    stage: { type: "string" },
    table: { type: "string" },
    since: { type: "string" },
    repair: { type: "boolean", default: false },
  },
});

await run(async () => {
  const installation = await findInstallation(values.stage ?? null);
  const client = createDocumentClient(settingsFor(installation, "dynamodb"));
  const places = {
    table: { client, tableName: values.table ?? outputOf(installation, "TableName") },
    cognito: new CognitoIdentityProviderClient(settingsFor(installation, "cognito")),
    userPoolId: outputOf(installation, "UserPoolId"),
  };
  const audit = { client, tableName: outputOf(installation, "AuditTableName") };
  const lost = values.since === undefined ? [] : await lostChanges(audit, instantOf(values.since));
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

function instantOf(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new OperationError(`--since ${text} is no moment in RFC 3339.`);
  return moment.toISOString();
}

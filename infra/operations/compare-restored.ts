import { parseArgs } from "node:util";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { momentOfBackup } from "./backup-moment.ts";
import { compare, differences, repair } from "./comparison.ts";
import {
  findInstallation,
  OperationError,
  outputOf,
  run,
  settingsFor,
  type Installation,
} from "./installation.ts";
import { lostChanges } from "./lost-changes.ts";

/*
 * npm run compare-restored -- [--stage <stage>] [--table <name>] [--since <RFC 3339> | --backup <ARN>] [--repair]
 * Prints where a restored table and the user pool differ, and which changes since the moment of restoring have to be
 * made again (docs/runbooks/restore.md). Changes nothing without --repair.
 */

const { values } = parseArgs({
  options: {
    stage: { type: "string" },
    table: { type: "string" },
    since: { type: "string" },
    backup: { type: "string" },
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
  const findings = await compare(places);
  for (const finding of findings) {
    const { username, organisationId, difference } = finding;
    console.log(`${username} (organisation ${organisationId}): ${difference}: ${differences[difference]}`);
    if (values.repair) await repair(finding, places);
  }
  const left = values.repair ? await compare(places) : findings;
  console.log(`${findings.length} differences, ${findings.length - left.length} repaired`);
  const since = await sinceWhen(installation);
  if (since !== null) {
    const audit = { client, tableName: outputOf(installation, "AuditTableName") };
    for (const { at, action, organisationId, subject } of await lostChanges(audit, since)) {
      console.log(`to be done again: ${at} ${action} ${subject} (organisation ${organisationId ?? "none"})`);
    }
  }
  return left.length === 0 ? 0 : 1;
});

/** The moment to which the table was restored, in RFC 3339; null if none was given. */
async function sinceWhen(installation: Installation): Promise<string | null> {
  if (values.backup !== undefined) return momentOfBackup(values.backup, installation);
  return values.since === undefined ? null : instantOf(values.since);
}

function instantOf(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new OperationError(`--since ${text} is no moment in RFC 3339.`);
  return moment.toISOString();
}

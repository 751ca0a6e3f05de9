import { randomUUID } from "node:crypto";
import { QueryCommand, ScanCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { auditEvent, type AuditEvent } from "../../shared/domain/audit.ts";
import { operatorOrganisationId } from "../../shared/domain/organisation.ts";
import { instant } from "../../shared/domain/time.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";
import { auditItems } from "../../shared/dynamodb/items.ts";
import { auditTrailOf } from "../../shared/dynamodb/keys.ts";
import { findInstallation, outputOf, run, settingsFor } from "./installation.ts";
import { momentOf, readScriptOptions } from "./script.ts";

/*
 * npm run trail
 * Prints the audit trail of one or all organisations for an investigation, page by page, with the rights of whoever runs
 * it. It leaves an audit event, as every export does.
 */

const script = {
  command: "npm run trail",
  purpose: "Prints the audit trail, one event in each line, as JSON. It leaves an audit event.",
  options: {
    organisation: { type: "string" },
    from: { type: "string", default: "2000-01-01T00:00:00Z" },
    to: { type: "string" },
  },
  help: {
    organisation:
      "--organisation <number>  of one organisation; of all, and of unknown login names, if left out",
    from: "--from <RFC 3339>   events from this time on",
    to: "--to <RFC 3339>     events before this time; until now if left out",
  },
} as const;

interface Period {
  readonly from: string;
  readonly to: string;
}

await run(async () => {
  const { values } = readScriptOptions(script, process.argv.slice(2));
  const now = new Date();
  const period = {
    from: momentOf("--from", values.from).toISOString(),
    to: (values.to === undefined ? now : momentOf("--to", values.to)).toISOString(),
  };
  const installation = await findInstallation(values.stage ?? null, values.state);
  const tables = {
    client: createDocumentClient(settingsFor(installation, "dynamodb")),
    tableName: outputOf(installation, "TableName"),
    auditTableName: outputOf(installation, "AuditTableName"),
  };
  for await (const event of eventsOf(tables, values.organisation ?? null, period))
    console.log(JSON.stringify(event));
  const exported = exportEvent(values.organisation ?? operatorOrganisationId, now);
  await new DynamoAuditTrail(tables).append(exported);
  return 0;
});

/** The events of a period: of one organisation by its own partition, of all by reading the whole table. */
async function* eventsOf(
  { client, auditTableName: TableName }: Tables,
  organisationId: string | null,
  { from, to }: Period,
): AsyncGenerator<AuditEvent> {
  const times = { ":from": from, ":to": to };
  let next: QueryCommandInput["ExclusiveStartKey"];
  do {
    const start = next && { ExclusiveStartKey: next };
    const command =
      organisationId === null
        ? new ScanCommand({
            ...{ TableName, ...start, FilterExpression: "SK BETWEEN :from AND :to" },
            ExpressionAttributeValues: times,
          })
        : new QueryCommand({
            ...{ TableName, ...start, KeyConditionExpression: "PK = :trail AND SK BETWEEN :from AND :to" },
            ExpressionAttributeValues: { ":trail": auditTrailOf(organisationId).partition, ...times },
          });
    const page = await client.send(command as QueryCommand);
    for (const item of page.Items ?? []) yield auditItems.parse(item);
    next = page.LastEvaluatedKey;
  } while (next);
}

function exportEvent(organisationId: string, now: Date): AuditEvent {
  const origin = { actor: null, address: null, requestId: null };
  return auditEvent(randomUUID(), instant(now), origin, {
    organisationId,
    action: "personal-data.viewed",
    subject: { type: "organisation", id: organisationId },
    outcome: "done",
    detail: { what: "audit-events" },
  });
}

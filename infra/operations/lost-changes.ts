import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { TableOf } from "./queued-mails.ts";

/** A change that a restored table does not have; ids and codes only. */
export interface LostChange {
  readonly at: string;
  readonly action: string;
  readonly organisationId: string | null;
  readonly subject: string;
}

/** Audit events of routine actions, which nobody has to repeat. */
const routine = /^(?:session|personal-data|password-link|mail)\./;

interface StoredEvent extends Omit<LostChange, "subject"> {
  readonly subject: { readonly id: string };
}

/**
 * Returns the changes in the audit trail, a table of its own, since the moment to which the other table was restored:
 * people have to make them again. It reads the whole trail, which is expensive.
 */
export async function lostChanges({ client, tableName }: TableOf, since: string): Promise<LostChange[]> {
  const lost: LostChange[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: "SK >= :since AND outcome = :done",
        ExpressionAttributeValues: { ":since": since, ":done": "done" },
        ProjectionExpression: "#at, #action, organisationId, subject",
        ExpressionAttributeNames: { "#at": "at", "#action": "action" },
        ExclusiveStartKey: from,
      }),
    );
    for (const { subject, ...event } of (page.Items ?? []) as StoredEvent[]) {
      if (!routine.test(event.action)) lost.push({ ...event, subject: subject.id });
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return lost.sort((a, b) => a.at.localeCompare(b.at));
}

/** The login names of accounts that were deleted or lapsed. */
export function namesEnded(changes: readonly LostChange[]): Set<string> {
  const ends = changes.filter(({ action }) => action === "user.deleted" || action === "user.lapsed");
  return new Set(ends.map(({ subject }) => subject));
}

import { administratorsKey, type UserIdentity } from "./keys.ts";
import { unconditional, type Write } from "./write.ts";

/** Adds a user to their organisation's list of administrators; commit it with the change that gives the role. */
export function administratorAdded(tableName: string, user: UserIdentity): Write {
  return change(tableName, user, "ADD");
}

/** Commit it with the change that takes the role or ends the account. */
export function administratorRemoved(tableName: string, user: UserIdentity): Write {
  return change(tableName, user, "DELETE");
}

function change(
  tableName: string,
  { organisationId, username }: UserIdentity,
  verb: "ADD" | "DELETE",
): Write {
  return unconditional({
    Update: {
      TableName: tableName,
      Key: administratorsKey(organisationId),
      UpdateExpression: `${verb} usernames :username`,
      ExpressionAttributeValues: { ":username": new Set([username]) },
    },
  });
}

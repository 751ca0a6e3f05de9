import { administratorsKey, type UserIdentity } from "./keys.ts";
import { unconditional, type Write } from "./write.ts";

/** Counts a user among the administrators of their organisation; goes with whatever gives them the role. */
export function administratorAdded(tableName: string, user: UserIdentity): Write {
  return change(tableName, user, "ADD");
}

/** Goes with whatever takes the role from a user, or ends their account. */
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

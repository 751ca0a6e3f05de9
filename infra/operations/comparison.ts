import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  type CognitoIdentityProviderClient,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";
import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { parseLoginName } from "../../shared/domain/login-name.ts";
import { isUsable, type AccountStatus } from "../../shared/domain/user.ts";
import { loginNameKey, userKey } from "../../shared/dynamodb/keys.ts";
import type { TableOf } from "./queued-mails.ts";

/** The parts of an account that table and user pool must agree on. */
interface StoredAccount {
  readonly organisationId: string;
  readonly username: string;
  readonly status: AccountStatus;
  readonly passwordChangedAt: string | null;
}

interface PoolAccount {
  readonly organisationId: string;
  readonly username: string;
  readonly enabled: boolean;
}

/** The differences that can occur, with their meaning and their repair. */
export const differences = {
  "not-in-table":
    "made after the moment of restoring: is disabled, and the login name reserved so that nobody gets it again",
  "not-in-pool": "has no password any more: becomes invited, and asks for a link",
  "ended-since":
    "ended after the moment of restoring: is disabled, so that nobody gets in until it is deleted again",
  "other-organisation": "the pool's account was someone else's: is deleted, so that it can be made anew",
  "usable-but-disabled":
    "disabled by hand or by a repair: stays disabled; read the audit trail, then delete the user again",
} as const;
export type Difference = keyof typeof differences;

export interface Finding {
  readonly username: string;
  readonly organisationId: string;
  readonly difference: Difference;
}

export interface Places {
  readonly table: TableOf;
  readonly cognito: CognitoIdentityProviderClient;
  readonly userPoolId: string;
}

/**
 * Reads all of the table and the user pool, which is expensive, and returns their differences.
 * @param endedSince the login names that ended after the moment of restoring; the user pool does not know of ends
 */
export async function compare(
  places: Places,
  endedSince: ReadonlySet<string> = new Set(),
): Promise<Finding[]> {
  const [stored, pool] = await Promise.all([storedAccounts(places.table), poolAccounts(places)]);
  const orphans = [...pool.values()].filter(({ username }) => !stored.has(username));
  const findings = orphans.map(({ username, organisationId, enabled }): Finding | null =>
    // A disabled account without an item was repaired before.
    enabled ? { username, organisationId, difference: "not-in-table" } : null,
  );
  for (const account of stored.values()) {
    const difference = differenceOf(account, pool.get(account.username), endedSince);
    const { username, organisationId } = account;
    findings.push(difference && { username, organisationId, difference });
  }
  return findings.filter((finding) => finding !== null).sort((a, b) => a.username.localeCompare(b.username));
}

function differenceOf(
  stored: StoredAccount,
  inPool: PoolAccount | undefined,
  endedSince: ReadonlySet<string>,
): Difference | null {
  if (!inPool) return stored.status === "active" ? "not-in-pool" : null;
  if (inPool.organisationId !== stored.organisationId) return "other-organisation";
  // The admission check keeps ended accounts out, so the user pool need not know of them.
  if (!isUsable(stored.status)) return null;
  if (!inPool.enabled) return "usable-but-disabled";
  return endedSince.has(stored.username) ? "ended-since" : null;
}

/** Repairs a difference; repeating it changes nothing more. */
export async function repair(finding: Finding, places: Places): Promise<void> {
  const { cognito, userPoolId: UserPoolId } = places;
  const Username = finding.username;
  switch (finding.difference) {
    case "not-in-table":
      await reserve(finding, places.table);
      await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
      return;
    case "ended-since":
      await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
      return;
    case "other-organisation":
      await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
      return;
    case "not-in-pool":
      await inviteAgain(finding, places.table);
      return;
    case "usable-but-disabled":
      return;
  }
}

/** Reserves a login name, which must never be given out twice, even after a restore (DESIGN §2). */
async function reserve({ organisationId, username }: Finding, { client, tableName }: TableOf): Promise<void> {
  const name = parseLoginName(username);
  if (!name) return;
  // An existing item reserves the name as well.
  const Item = { ...loginNameKey(name), organisationId, username };
  await client.send(new PutCommand({ TableName: tableName, Item }));
}

async function inviteAgain(finding: Finding, { client, tableName }: TableOf): Promise<void> {
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: userKey(finding),
      UpdateExpression:
        "SET #status = :invited, passwordChangedAt = :none, passwordExpiresAt = :none, sessions = :empty",
      ConditionExpression: "#status = :active",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":invited": "invited", ":active": "active", ":none": null, ":empty": {} },
    }),
  );
}

async function storedAccounts({ client, tableName }: TableOf): Promise<Map<string, StoredAccount>> {
  const accounts = new Map<string, StoredAccount>();
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        FilterExpression: "begins_with(PK, :organisation) AND begins_with(SK, :user)",
        ProjectionExpression: "organisationId, username, #status, passwordChangedAt",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":organisation": userKey(anyone).PK, ":user": userKey(anyone).SK },
        ExclusiveStartKey: from,
      }),
    );
    for (const item of page.Items ?? []) accounts.set(String(item["username"]), item as StoredAccount);
    from = page.LastEvaluatedKey;
  } while (from);
  return accounts;
}

/** An empty id makes a key the prefix of all keys of its kind. */
const anyone = { organisationId: "", username: "" };

async function poolAccounts({ cognito, userPoolId }: Places): Promise<Map<string, PoolAccount>> {
  const accounts = new Map<string, PoolAccount>();
  for await (const { Users = [] } of paginateListUsers({ client: cognito }, { UserPoolId: userPoolId })) {
    for (const { Username: username = "", Enabled: enabled = true, Attributes = [] } of Users) {
      const organisationId = Attributes.find(({ Name }) => Name === "custom:organisationId")?.Value ?? "";
      accounts.set(username, { username, organisationId, enabled });
    }
  }
  return accounts;
}

/**
 * The default quotas for operations on users, in requests a second for all user pools of an account in a region together
 * ("Quotas in Amazon Cognito" in its guide). An operation that a function may call needs a category here.
 */
export const cognitoQuotas = {
  UserAuthentication: { perSecond: 120, operations: ["AdminInitiateAuth"] },
  UserCreation: { perSecond: 50, operations: ["AdminCreateUser"] },
  UserAccountRecovery: { perSecond: 30, operations: ["AdminSetUserPassword", "AdminResetUserPassword"] },
  UserRead: { perSecond: 120, operations: ["AdminGetUser"] },
  UserUpdate: {
    perSecond: 25,
    operations: [
      "AdminDeleteUser",
      "AdminDisableUser",
      "AdminEnableUser",
      "AdminUpdateUserAttributes",
      "AdminUserGlobalSignOut",
    ],
  },
  UserToken: { perSecond: 120, operations: ["RevokeToken"] },
  UserList: { perSecond: 30, operations: ["ListUsers"] },
} as const satisfies Record<string, { perSecond: number; operations: readonly string[] }>;

interface Bucket {
  readonly perSecond: number;
  tokens: number;
  filledAt: number;
}

/**
 * A bucket of tokens for each category, full at first, that holds what its quota allows in a second.
 * @param now in milliseconds
 * @returns a function that takes a token for an operation, and tells if there was one; operations without a category
 * always have one
 */
export function quotaBuckets(now: () => number = Date.now): (operation: string) => boolean {
  const byOperation = new Map<string, Bucket>();
  for (const { perSecond, operations } of Object.values(cognitoQuotas)) {
    const bucket = { perSecond, tokens: perSecond, filledAt: now() };
    for (const operation of operations) byOperation.set(operation, bucket);
  }
  return (operation) => {
    const bucket = byOperation.get(operation);
    return bucket === undefined || takeToken(bucket, now());
  };
}

function takeToken(bucket: Bucket, at: number): boolean {
  const { perSecond, tokens, filledAt } = bucket;
  bucket.tokens = Math.min(perSecond, tokens + ((at - filledAt) / 1000) * perSecond);
  bucket.filledAt = at;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { normalisePassword } from "../../domain/password-policy.ts";
import type { PasswordHistory } from "../../domain/ports/passwords.ts";

const derive = promisify(argon2);

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane (DESIGN §5). */
export const derivationParameters = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const;
const saltBytes = 16;

/**
 * A candidate password compared with the user's earlier ones. All of a user's passwords share one salt, so that
 * comparing with thirteen costs one derivation.
 */
export interface RememberedPassword {
  /** True if it is the current password or one of those kept. */
  readonly recentlyUsed: boolean;
  /** The history to store if this password is accepted: the new one first, then at most `keep` before it. */
  readonly next: PasswordHistory;
}

/** @param keep number of passwords before the current one that are remembered */
export async function compareWithHistory(
  candidate: string,
  history: PasswordHistory | null,
  keep: number,
): Promise<RememberedPassword> {
  const salt = history?.salt ?? randomBytes(saltBytes);
  const hash = await derive("argon2id", {
    message: normalisePassword(candidate),
    nonce: salt,
    ...derivationParameters,
  });
  const kept = (history?.hashes ?? []).slice(0, keep + 1);
  return {
    recentlyUsed: kept.some((former) => former.length === hash.length && timingSafeEqual(former, hash)),
    next: { salt, hashes: [hash, ...kept].slice(0, keep + 1) },
  };
}

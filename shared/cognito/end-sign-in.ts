import { DomainError } from "../domain/errors.ts";
import type { UserEntry } from "../domain/jobs/due.ts";
import type { DueList } from "../domain/jobs/ports.ts";
import type { IdentityProvider } from "../domain/ports/identity-provider.ts";
import type { Pace } from "./pacer.ts";

/** Blocks an ended account at the identity provider and removes its due entry. */
export type EndSignIn = (entry: UserEntry) => Promise<void>;

/** When the provider is down, each call waits for its timeout, so after these failures the next run continues. */
const mostFailuresInARow = 3;

/** The calls are idempotent, so an interrupted entry is simply repeated. */
export function endSignIn({
  identityProvider,
  due,
  pace,
}: {
  readonly identityProvider: Pick<IdentityProvider, "disable" | "revokeTokens">;
  readonly due: Pick<DueList, "replace">;
  readonly pace: Pace;
}): EndSignIn {
  let failuresInARow = 0;
  return async (entry) => {
    if (failuresInARow >= mostFailuresInARow) throw new DomainError("temporarily-unavailable");
    try {
      await pace();
      await identityProvider.disable(entry.username);
      failuresInARow = 0;
    } catch (error) {
      failuresInARow += 1;
      throw error;
    }
    await pace();
    await identityProvider.revokeTokens(entry.username);
    await due.replace(entry, null);
  };
}

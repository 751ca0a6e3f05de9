import { DomainError } from "../domain/errors.ts";
import type { UserEntry } from "../domain/jobs/due.ts";
import type { DueList } from "../domain/jobs/ports.ts";
import type { IdentityProvider } from "../domain/ports.ts";
import type { Pace } from "./pacer.ts";

/** Tells the identity provider that an account has ended, and takes the entry that says so off the list. */
export type EndSignIn = (entry: UserEntry) => Promise<void>;

/** A provider that is down costs each call its whole patience; after some, the rest is for the next run. */
const mostFailuresInARow = 3;

/** Calling it twice does no harm, so whatever was left unfinished is simply done again. */
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

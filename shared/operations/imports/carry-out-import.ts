import { DomainError, isDomainError } from "../../domain/errors.ts";
import { LoginNameTaken } from "../../domain/ports/users.ts";
import { instant, plusHours, type Clock } from "../../domain/time.ts";
import {
  importedEvent,
  importedUser,
  importHours,
  ImportUndone,
  type UserImport,
  type UserImportRepository,
} from "../../domain/user-import.ts";
import { describeError, logger } from "../../runtime/logging.ts";

export interface CarryOutDependencies {
  readonly imports: Pick<UserImportRepository, "reserve" | "accept" | "complete" | "undo">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** @returns false if the import was undone, because a name or address it needs was taken, or another process undid it */
export type CarryOutImport = (userImport: UserImport) => Promise<boolean>;

/**
 * Carries an import out from its current state. Before it is accepted, any failure undoes it; after that it can only
 * be completed, now or by the job that finishes imports.
 */
export function carryOutImport({ imports, clock, newId }: CarryOutDependencies): CarryOutImport {
  return async (userImport) => {
    const { state } = userImport;
    if (state === "undoing" && (await imports.undo(userImport))) return false;
    if (state === "reserving" && !(await reserveAndAccept(userImport, { imports, newId }))) return false;
    try {
      const forgottenAt = plusHours(instant(clock()), importHours);
      await imports.complete(userImport, (user) => importedUser(userImport, user, newId), forgottenAt);
    } catch (error) {
      logger.error("an accepted import is not complete; the next run of the job goes on", {
        importId: userImport.id,
        ...describeError(error),
      });
      throw new DomainError("import-unfinished");
    }
    return true;
  };
}

async function reserveAndAccept(
  userImport: UserImport,
  { imports, newId }: Pick<CarryOutDependencies, "imports" | "newId">,
): Promise<boolean> {
  try {
    await imports.reserve(userImport);
    await imports.accept(userImport, importedEvent(userImport, newId()));
    return true;
  } catch (error) {
    // Another process may have accepted it, or the response to our own write was lost; then it cannot be undone.
    const undone = await imports.undo(userImport).catch(() => Promise.reject(error as Error));
    if (!undone) return true;
    if (isRefusal(error)) return false;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return (
    isDomainError(error, "email-in-use") || error instanceof LoginNameTaken || error instanceof ImportUndone
  );
}

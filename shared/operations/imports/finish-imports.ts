import { instant, plusMinutes } from "../../domain/time.ts";
import type { UserImport, UserImportRepository } from "../../domain/user-import.ts";
import { describeError, logger } from "../../runtime/logging.ts";
import type { CarryOutImport } from "./carry-out-import.ts";

export interface FinishImportsDependencies {
  readonly imports: Pick<UserImportRepository, "unfinished" | "find" | "undo">;
  readonly carryOut: CarryOutImport;
}

export interface FinishImportsResult {
  readonly completed: number;
  readonly undone: number;
}

/** Longer than any request lasts, so the request that began the import has ended. */
const minutesAtWork = 2;

/**
 * Finishes imports that were interrupted and not repeated: accepted ones are completed, all others undone.
 * @throws Error if any could not be finished; the next run tries again
 */
export function finishImports({ imports, carryOut }: FinishImportsDependencies) {
  const finish = async (userImport: UserImport): Promise<"completed" | "undone"> => {
    const undone = userImport.state === "reserving" && (await imports.undo(userImport));
    if (undone) return "undone";
    const state = userImport.state === "reserving" ? "creating" : userImport.state;
    return (await carryOut({ ...userImport, state })) ? "completed" : "undone";
  };
  return async (now: Date): Promise<FinishImportsResult> => {
    const result = { completed: 0, undone: 0 };
    let failed = 0;
    for (const id of await imports.unfinished(plusMinutes(now, -minutesAtWork))) {
      try {
        const userImport = await imports.find(id, instant(now));
        if (userImport) result[await finish(userImport)] += 1;
      } catch (error) {
        failed += 1;
        logger.error("import not finished; the next run tries again", {
          importId: id,
          ...describeError(error),
        });
      }
    }
    if (result.completed + result.undone > 0) logger.info("imports finished", { result });
    if (failed > 0) throw new Error(`${failed} imports could not be brought to their end`);
    return result;
  };
}

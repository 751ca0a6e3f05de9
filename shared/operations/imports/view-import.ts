import { instant, type Clock } from "../../domain/time.ts";
import type { UserImportRepository } from "../../domain/user-import.ts";
import type { Operation } from "../kit/operation.ts";
import { requestIdOf } from "../kit/request-id.ts";
import { routes, type pageRoutes } from "./routes.ts";

/** The progress of the import that the caller began with this key; imports of other callers are not found. */
export function viewImport({
  imports,
  clock,
}: {
  readonly imports: Pick<UserImportRepository, "find" | "progress">;
  readonly clock: Clock;
}): Operation<typeof pageRoutes.viewImport> {
  return async ({ params: { id: organisationId, key }, caller }) => {
    const begun = { caller, route: routes.importUsers, params: { id: organisationId }, query: {}, key };
    const found = await imports.find(requestIdOf(begun), instant(clock()));
    const standing = found && {
      state: found.state,
      rows: found.rows,
      ...(await imports.progress(found)),
    };
    return { body: { standing }, dataAccess: { organisationId, detail: { what: "user-import" } } };
  };
}

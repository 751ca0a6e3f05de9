import type { UserDirectory } from "../../domain/ports/users.ts";
import type { Clock } from "../../domain/time.ts";
import type { Cursors, CursorScope } from "../kit/cursor.ts";
import type { Operation } from "../kit/operation.ts";
import { userRepresentation } from "./user-representation.ts";
import type { ExportUsers } from "./export-users.ts";
import type { routes } from "./routes.ts";
import { userQuery } from "./user-query.ts";

export interface ListUsersDependencies {
  readonly directory: Pick<UserDirectory, "list">;
  /** A cursor is valid only for the list that it was given for (SECURITY 16). */
  readonly cursors: Pick<Cursors, "read" | "write">;
  readonly exportUsers: ExportUsers;
  readonly clock: Clock;
}

/** A page of an organisation's users, or a CSV file of all that the query finds if the caller prefers that. */
export function listUsers({
  directory,
  cursors,
  exportUsers,
  clock,
}: ListUsersDependencies): Operation<typeof routes.listUsers> {
  return async (request) => {
    if (request.wantsCsv) return exportUsers(request);
    const organisationId = request.params.id;
    const query = userQuery(request.query);
    const scope: CursorScope = { list: "users", organisationId, ...query };
    const { limit, after: cursor } = request.query;
    const after = cursor === undefined ? null : await cursors.read(scope, cursor);
    const page = await directory.list(organisationId, query, { limit, after });
    const now = clock();
    return {
      body: {
        items: page.items.map((user) => userRepresentation(user, now)),
        next: page.next === null ? null : await cursors.write(scope, page.next),
        total: page.total,
      },
      dataAccess: { organisationId, detail: { what: "users" } },
    };
  };
}

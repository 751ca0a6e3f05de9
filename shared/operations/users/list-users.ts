import type { Page, UserDirectory } from "../../domain/ports.ts";
import type { UserQuery } from "../../domain/user-search.ts";
import type { User } from "../../domain/user.ts";
import type { Cursors, CursorScope } from "../kit/cursor.ts";
import { userRepresentation } from "../kit/representations.ts";
import type { ApiRequest, Operation } from "../kit/route.ts";
import type { ExportUsers } from "./export-users.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import type { routes } from "./routes.ts";

type ListRequest = ApiRequest<typeof routes.listUsers>;

export interface ListUsersDependencies extends TraceViewDependencies {
  readonly directory: Pick<UserDirectory, "list">;
  readonly cursors: Pick<Cursors, "read" | "write">;
}

/** A page of an organisation's users, or all that the query finds as a file, whichever the caller prefers. */
export function listUsers(
  dependencies: ListUsersDependencies & { readonly exportUsers: ExportUsers },
): Operation<typeof routes.listUsers> {
  const { clock, exportUsers } = dependencies;
  const find = findUsers(dependencies);
  return async (request) => {
    if (request.wantsCsv) return exportUsers(request);
    const page = await find(request);
    const now = clock();
    return { body: { ...page, items: page.items.map((user) => userRepresentation(user, now)) } };
  };
}

/** The page itself; a cursor is good for the list that it was given for, and no other (SECURITY 16). */
export function findUsers(
  dependencies: ListUsersDependencies,
): (request: ListRequest) => Promise<Page<User>> {
  const { directory, cursors } = dependencies;
  const note = traceView(dependencies);
  return async ({ params, query, caller, origin }) => {
    const organisationId = params.id;
    const wanted = userQuery(query);
    const scope: CursorScope = { list: "users", organisationId, ...wanted };
    const { limit, after: cursor } = query;
    const after = cursor === undefined ? null : await cursors.read(scope, cursor);
    const page = await directory.list(organisationId, wanted, { limit, after });
    await note({ caller, origin, organisationId, detail: { what: "users" } });
    return { ...page, next: page.next === null ? null : await cursors.write(scope, page.next) };
  };
}

export function userQuery({ search, status, sort }: ListRequest["query"]): UserQuery {
  return { search: search ?? null, status, sort };
}

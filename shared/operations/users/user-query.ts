import type { UserQuery } from "../../domain/user-search.ts";
import type { OperationRequest } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** The parsed query of the list of users, as the directory takes it. */
export function userQuery({
  search,
  status,
  sort,
}: OperationRequest<typeof routes.listUsers>["query"]): UserQuery {
  return { search: search ?? null, status, sort };
}

import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { createUser } from "../../shared/operations/users/create-user.ts";
import { deleteUser } from "../../shared/operations/users/delete-user.ts";
import { userDependencies } from "../../shared/operations/users/dependencies.ts";
import { editUser } from "../../shared/operations/users/edit-user.ts";
import { exportUsers } from "../../shared/operations/users/export-users.ts";
import { getUser } from "../../shared/operations/users/get-user.ts";
import { listUpcoming } from "../../shared/operations/users/list-upcoming.ts";
import { listUsers } from "../../shared/operations/users/list-users.ts";
import { orderPasswordLink } from "../../shared/operations/users/order-password-link.ts";
import type { routes } from "../../shared/operations/users/routes.ts";

/** Puts the operations together with what they need; loaded with the first request. */
export function wire(
  environment: Environment<
    | "TABLE_NAME"
    | "AUDIT_TABLE_NAME"
    | "USER_POOL_ID"
    | "USER_POOL_CLIENT_ID"
    | "TOKEN_ISSUER"
    | "TOKEN_JWKS_URI"
    | "SETTINGS"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  const dependencies = userDependencies(environment, tables);
  return {
    operations: {
      listUsers: listUsers({ ...dependencies, exportUsers: exportUsers(dependencies) }),
      createUser: createUser(dependencies),
      getUser: getUser(dependencies),
      editUser: editUser(dependencies),
      deleteUser: deleteUser(dependencies),
      orderPasswordLink: orderPasswordLink(dependencies),
      listUpcoming: listUpcoming(dependencies),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
    repetition: { answers: new DynamoKeptAnswers(tables), clock: dependencies.clock },
  };
}

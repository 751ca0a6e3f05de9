import type { User } from "../../domain/user.ts";
import type { DataAccess } from "./operation.ts";

/** An answer that shows one user. */
export function userShown({
  organisationId,
  username,
}: Pick<User, "organisationId" | "username">): DataAccess {
  return { organisationId, subject: { type: "user", id: username }, detail: { what: "user" } };
}

/** An answer that shows an organisation's own data, contact person and signatory. */
export function organisationShown(organisationId: string): DataAccess {
  return { organisationId, detail: { what: "organisation" } };
}

import { NotAllowed } from "../../../shared/domain/errors.ts";
import type { AdministrationOperations } from "../operations.ts";
import type { PageCall } from "../../web/page-operation.ts";
import {
  optionalUserFields,
  userFields,
  type FormOrganisation,
  type UserValues,
} from "../pages/user-form.tsx";
import type { UserRights } from "../pages/user.tsx";

/** What was typed into the form for a user. */
export function readUser(form: URLSearchParams): UserValues {
  return Object.fromEntries(userFields.map((field) => [field, form.get(field) ?? ""])) as UserValues;
}

/** The same as the interface takes it: what is optional and empty is absent. */
export function bodyOf(values: UserValues): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      optionalUserFields.some((one) => one === field) && value.trim() === "" ? null : value,
    ]),
  );
}

/** The organisation in the address: one's own came with the session. */
export async function organisationOf(
  id: string,
  call: Pick<PageCall, "session" | "origin" | "sourceAddress" | "language">,
  { getOrganisation }: Pick<AdministrationOperations, "getOrganisation">,
): Promise<FormOrganisation> {
  const own = call.session.member.organisation;
  return own.id === id ? own : (await getOrganisation({ ...call, params: { id } })).body;
}

/** A form is for whoever may send it. @throws NotAllowed */
export function requireRight(rights: UserRights, right: keyof UserRights): void {
  if (!rights[right]) throw new NotAllowed();
}

import { profileIds, profiles } from "../../domain/organisation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** The profiles are fixed data, the same for every caller (DESIGN §2, Profile). */
export function listProfiles(): Operation<typeof routes.listProfiles> {
  const items = profileIds.map((id) => {
    const { name, applicationTypes, identityCheckedBy } = profiles[id];
    return { id, name, applicationTypes: [...applicationTypes], identityCheckedBy };
  });
  return () => Promise.resolve({ body: { items, next: null, total: items.length } });
}

import { profileIds, profiles } from "../../domain/organisation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** What there is to choose from is data (DESIGN §2, Profile), and the same for everyone. */
export function listProfiles(): Operation<typeof routes.listProfiles> {
  const items = profileIds.map((id) => {
    const { name, applicationTypes, identityCheckedBy } = profiles[id];
    return { id, name, applicationTypes: [...applicationTypes], identityCheckedBy };
  });
  return () => Promise.resolve({ body: { items, next: null, total: items.length } });
}

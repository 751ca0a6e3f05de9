import type { Role } from "../domain/user.ts";
import { translated } from "./language.ts";

/** Names of roles on the pages. */
export const roleNames = translated<Record<Role, string>>({
  nl: {
    "organisation-admin": "Beheerder van de organisatie",
    "contract-manager": "Contractmanager",
    "service-desk": "Servicedesk",
  },
  en: {
    "organisation-admin": "Administrator of the organisation",
    "contract-manager": "Contract manager",
    "service-desk": "Service desk",
  },
});

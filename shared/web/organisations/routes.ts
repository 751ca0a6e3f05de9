import type { PageRoute } from "../routes.ts";

/** CIZ's pages about organisations and who has a role at them; the gateway (infra) and the application both read it. */
export const pages = [
  { method: "GET", path: "/organisaties", name: "showOrganisations", session: "required" },
  { method: "GET", path: "/organisatie-registreren", name: "showRegistration", session: "required" },
  {
    method: "POST",
    path: "/organisatie-registreren",
    name: "register",
    session: "required",
    keepsTyped: true,
  },
  { method: "GET", path: "/organisaties/{id}/gegevens", name: "showData", session: "required" },
  { method: "GET", path: "/organisaties/{id}/gegevens-wijzigen", name: "showChange", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/gegevens-wijzigen",
    name: "changeData",
    session: "required",
    keepsTyped: true,
  },
  { method: "GET", path: "/organisaties/{id}/beheerders", name: "showAdministrators", session: "required" },
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers/{username}/rollen",
    name: "showRoles",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers/{username}/rollen",
    name: "setRoles",
    session: "required",
    keepsTyped: true,
  },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

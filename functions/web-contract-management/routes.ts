import type { PageRoute } from "../web/routes.ts";

/** CIZ's own pages, all for people who are signed in; the gateway (infra) and the application both read it. */
export const pages = [
  { method: "GET", path: "/organisaties", name: "showOrganisations", session: "required" },
  { method: "GET", path: "/organisatie-registreren", name: "showRegistration", session: "required" },
  { method: "POST", path: "/organisatie-registreren", name: "register", session: "required" },
  { method: "GET", path: "/organisaties/{id}/gegevens", name: "showData", session: "required" },
  { method: "POST", path: "/organisaties/{id}/gegevens", name: "changeData", session: "required" },
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
  },
  { method: "GET", path: "/organisaties/{id}/incidenten", name: "showIncidents", session: "required" },
  {
    method: "GET",
    path: "/organisaties/{id}/incident-vastleggen",
    name: "showNewIncident",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/incident-vastleggen",
    name: "recordIncident",
    session: "required",
  },
  {
    method: "GET",
    path: "/organisaties/{id}/incidenten/{incidentId}/contact-vastleggen",
    name: "showNewContact",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/incidenten/{incidentId}/contact-vastleggen",
    name: "logContact",
    session: "required",
  },
  { method: "GET", path: "/organisaties/{id}/toegang", name: "showAccess", session: "required" },
  { method: "GET", path: "/organisaties/{id}/toegang-sluiten", name: "showClosing", session: "required" },
  { method: "POST", path: "/organisaties/{id}/toegang-sluiten", name: "closeAccess", session: "required" },
  { method: "GET", path: "/organisaties/{id}/toegang-heropenen", name: "showReopening", session: "required" },
  { method: "POST", path: "/organisaties/{id}/toegang-heropenen", name: "reopenAccess", session: "required" },
  {
    method: "GET",
    path: "/organisaties/{id}/sluitingen/{closureId}/brief",
    name: "getLetter",
    session: "required",
  },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

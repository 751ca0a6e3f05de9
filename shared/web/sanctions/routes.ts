import type { PageRoute } from "../routes.ts";

/** CIZ's pages about incidents, and about closing and reopening access; the gateway (infra) and the application both read it. */
export const pages = [
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
    keepsTyped: true,
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
    keepsTyped: true,
  },
  { method: "GET", path: "/organisaties/{id}/toegang", name: "showAccess", session: "required" },
  { method: "GET", path: "/organisaties/{id}/toegang-sluiten", name: "showClosing", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/toegang-sluiten",
    name: "closeAccess",
    session: "required",
    keepsTyped: true,
  },
  { method: "GET", path: "/organisaties/{id}/toegang-heropenen", name: "showReopening", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/toegang-heropenen",
    name: "reopenAccess",
    session: "required",
    keepsTyped: true,
  },
  {
    method: "GET",
    path: "/organisaties/{id}/sluitingen/{closureId}/brief",
    name: "getLetter",
    session: "required",
  },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

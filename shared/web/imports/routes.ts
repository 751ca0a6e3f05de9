import type { PageRoute } from "../routes.ts";

/** The pages that add users from a file; the gateway (infra) and the application both read it. */
export const pages = [
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers-importeren",
    name: "showImport",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers-importeren",
    name: "previewImport",
    session: "required",
  },
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers-importeren-voorbeeld",
    name: "downloadExample",
    session: "required",
  },
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers-importeren/{key}",
    name: "showOutcome",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers-importeren/{key}",
    name: "importUsers",
    session: "required",
  },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

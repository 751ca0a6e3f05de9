import type { PageRoute } from "../routes.ts";

/** The pages of those who look after organisations; the gateway (infra) and the application both read it. */
export const pages = [
  { method: "GET", path: "/organisaties/{id}", name: "showOrganisation", session: "required" },
  { method: "GET", path: "/organisaties/{id}/gebruikers", name: "showUsers", session: "required" },
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers-downloaden",
    name: "downloadUsers",
    session: "required",
  },
  {
    method: "GET",
    path: "/organisaties/{id}/verloopt-binnenkort",
    name: "showUpcoming",
    session: "required",
  },
  { method: "GET", path: "/organisaties/{id}/gebruiker-toevoegen", name: "showNewUser", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruiker-toevoegen",
    name: "addUser",
    session: "required",
    keepsTyped: true,
  },
  { method: "GET", path: "/organisaties/{id}/gebruikers/{username}", name: "showUser", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers/{username}",
    name: "editUser",
    session: "required",
    keepsTyped: true,
  },
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers/{username}/verwijderen",
    name: "showDeletion",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers/{username}/verwijderen",
    name: "deleteUser",
    session: "required",
    keepsTyped: true,
  },
  // The page that sending a link comes back to when it fails can be asked for as well.
  {
    method: "GET",
    path: "/organisaties/{id}/gebruikers/{username}/wachtwoordlink",
    name: "showUser",
    session: "required",
  },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers/{username}/wachtwoordlink",
    name: "sendLink",
    session: "required",
  },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

/** A page as the gateway knows it. */
export interface PageRoute {
  readonly method: "GET" | "POST";
  /** In API Gateway's notation, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly name: string;
  /** `none` saves the read that looking for a session costs. */
  readonly session: "required" | "if-any" | "none";
  /** Saves the form if its session has ended (docs/adr/0029); never set for passwords and files. */
  readonly savesForm?: true;
}

/** Pages for anyone, and for one's own account. The gateway (infra) and the functions both read these tables. */
export const webRoutes = [
  { method: "GET", path: "/", name: "showSignIn", session: "if-any" },
  { method: "POST", path: "/", name: "signIn", session: "none" },
  { method: "GET", path: "/hulp", name: "showHelp", session: "if-any" },
  { method: "GET", path: "/wachtwoord-aanvragen", name: "showLinkRequest", session: "none" },
  { method: "POST", path: "/wachtwoord-aanvragen", name: "requestLink", session: "none" },
  { method: "GET", path: "/inlognaam-vergeten", name: "showLoginNameReminder", session: "none" },
  { method: "POST", path: "/inlognaam-vergeten", name: "remindLoginName", session: "none" },
  { method: "GET", path: "/wachtwoord/{token}", name: "showSetPassword", session: "none" },
  { method: "POST", path: "/wachtwoord/{token}", name: "setPassword", session: "none" },
  { method: "GET", path: "/wachtwoord-wijzigen", name: "showChangePassword", session: "required" },
  { method: "POST", path: "/wachtwoord-wijzigen", name: "changePassword", session: "required" },
  { method: "GET", path: "/wachtwoord-verloopt", name: "showPasswordExpiry", session: "required" },
  { method: "GET", path: "/welkom", name: "showWelcome", session: "required" },
  { method: "POST", path: "/uitloggen", name: "signOut", session: "none" },
  { method: "GET", path: "/assets/{file}", name: "getAsset", session: "none" },
  // Every other address; the gateway prefers paths that say more.
  { method: "GET", path: "/{proxy+}", name: "answerUnknown", session: "none" },
] as const satisfies readonly PageRoute[];

/** Pages for the administrators of an organisation, and for CIZ, which may look at every organisation. */
export const administrationRoutes = [
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
    savesForm: true,
  },
  { method: "GET", path: "/organisaties/{id}/gebruikers/{username}", name: "showUser", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/gebruikers/{username}",
    name: "editUser",
    session: "required",
    savesForm: true,
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
    savesForm: true,
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
  { method: "GET", path: "/organisaties/{id}/logboek", name: "showTrail", session: "required" },
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

/** Pages for CIZ alone. */
export const operatorRoutes = [
  { method: "GET", path: "/organisaties", name: "showOrganisations", session: "required" },
  { method: "GET", path: "/organisatie-registreren", name: "showRegistration", session: "required" },
  {
    method: "POST",
    path: "/organisatie-registreren",
    name: "register",
    session: "required",
    savesForm: true,
  },
  { method: "GET", path: "/organisaties/{id}/gegevens", name: "showData", session: "required" },
  { method: "GET", path: "/organisaties/{id}/gegevens-wijzigen", name: "showChange", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/gegevens-wijzigen",
    name: "changeData",
    session: "required",
    savesForm: true,
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
    savesForm: true,
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
    savesForm: true,
  },
  {
    method: "GET",
    path: "/organisaties/{id}/incidenten/{incidentId}/contacten",
    name: "showContacts",
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
    savesForm: true,
  },
  { method: "GET", path: "/organisaties/{id}/toegang", name: "showAccess", session: "required" },
  { method: "GET", path: "/organisaties/{id}/toegang-sluiten", name: "showClosing", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/toegang-sluiten",
    name: "closeAccess",
    session: "required",
    savesForm: true,
  },
  { method: "GET", path: "/organisaties/{id}/toegang-heropenen", name: "showReopening", session: "required" },
  {
    method: "POST",
    path: "/organisaties/{id}/toegang-heropenen",
    name: "reopenAccess",
    session: "required",
    savesForm: true,
  },
  {
    method: "GET",
    path: "/organisaties/{id}/sluitingen/{closureId}/brief",
    name: "getLetter",
    session: "required",
  },
] as const satisfies readonly PageRoute[];

/** Every page, form and file of the web application, by the function that serves it. */
export const pageRoutes = {
  web: webRoutes,
  "web-administration": administrationRoutes,
  "web-operator": operatorRoutes,
} as const;

/** The paths that pages can link to. */
export type PagePath = (typeof pageRoutes)[keyof typeof pageRoutes][number]["path"];

/** The parts of an address that differ from one page to another. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & PathParameters<Rest>
  : unknown;
export type PathParameter = "token" | "file" | "id" | "username" | "key" | "incidentId" | "closureId";

/** A page as the gateway knows it. */
export interface PageRoute {
  readonly method: "GET" | "POST";
  /** As API Gateway writes it, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly name: string;
  /** Whether one has to be signed in, or the page looks whether one is; each look asks the store. */
  readonly session: "required" | "if-any" | "none";
  /** Whether what was typed into this form is kept when its session has ended; passwords and files never are. */
  readonly keepsTyped?: true;
}

/** Every page, form and file of the web application; the gateway (infra) and the application both read it. */
export const pages = [
  { method: "GET", path: "/", name: "showSignIn", session: "if-any" },
  { method: "POST", path: "/", name: "signIn", session: "none" },
  { method: "GET", path: "/hulp", name: "showHelp", session: "if-any" },
  { method: "GET", path: "/wachtwoord-aanvragen", name: "showLinkRequest", session: "none" },
  { method: "POST", path: "/wachtwoord-aanvragen", name: "requestLink", session: "none" },
  { method: "GET", path: "/wachtwoord/{token}", name: "showSetPassword", session: "none" },
  { method: "POST", path: "/wachtwoord/{token}", name: "setPassword", session: "none" },
  { method: "GET", path: "/wachtwoord-wijzigen", name: "showChangePassword", session: "required" },
  { method: "POST", path: "/wachtwoord-wijzigen", name: "changePassword", session: "required" },
  { method: "GET", path: "/wachtwoord-verloopt", name: "showPasswordExpiry", session: "required" },
  { method: "GET", path: "/welkom", name: "showWelcome", session: "required" },
  { method: "POST", path: "/uitloggen", name: "signOut", session: "none" },
  { method: "GET", path: "/assets/{file}", name: "getAsset", session: "none" },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

/** The parts of an address that differ from one page to another. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & PathParameters<Rest>
  : unknown;
export type PathParameter = "token" | "file" | "id" | "username" | "key" | "incidentId" | "closureId";

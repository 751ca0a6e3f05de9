/** A page as the gateway knows it. */
export interface PageRoute {
  readonly method: "GET" | "POST";
  /** As API Gateway writes it, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly name: string;
}

/** Every page, form and file of the web application; the gateway (infra) and the application both read it. */
export const pages = [
  { method: "GET", path: "/", name: "showSignIn" },
  { method: "POST", path: "/", name: "signIn" },
  { method: "GET", path: "/wachtwoord-aanvragen", name: "showLinkRequest" },
  { method: "POST", path: "/wachtwoord-aanvragen", name: "requestLink" },
  { method: "GET", path: "/wachtwoord/{token}", name: "showSetPassword" },
  { method: "POST", path: "/wachtwoord/{token}", name: "setPassword" },
  { method: "GET", path: "/welkom", name: "showWelcome" },
  { method: "POST", path: "/uitloggen", name: "signOut" },
  { method: "GET", path: "/assets/{file}", name: "getAsset" },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];
/** The addresses that pages link to. */
export type PagePath = (typeof pages)[number]["path"];

import type { PageRoute } from "../routes.ts";

/** The page that shows the audit trail; the gateway (infra) and the application both read it. */
export const pages = [
  { method: "GET", path: "/organisaties/{id}/logboek", name: "showTrail", session: "required" },
] as const satisfies readonly PageRoute[];

export type PageName = (typeof pages)[number]["name"];

import { existsSync } from "node:fs";
import { join } from "node:path";
import { functionNames } from "../../infra/build.ts";

export interface Expected {
  readonly by: string;
  readonly method: string;
  readonly path: string;
  readonly open: boolean;
  /** Whether it is for anyone who has neither a token nor a session. */
  readonly forStrangers: boolean;
}

/** Every route and page, read from the functions' own folders and not by way of infra's table. */
export async function routesOf(): Promise<Expected[]> {
  const folder = join(import.meta.dirname, "..", "..", "functions");
  const withRoutes = functionNames().filter((name) => existsSync(join(folder, name, "routes.ts")));
  const all = withRoutes.map(async (by) => {
    const { routes = {}, pages = [] } = (await import(join(folder, by, "routes.ts"))) as {
      routes?: Record<string, { method: string; path: string; who: unknown }>;
      pages?: readonly { method: string; path: string; session: string }[];
    };
    return [
      ...Object.values(routes).map(({ method, path, who }) => {
        return { by, method, path, open: who === "anyone", forStrangers: who === "anyone" };
      }),
      ...pages.map(({ method, path, session }) => {
        return { by, method, path, open: true, forStrangers: session !== "required" };
      }),
    ];
  });
  return (await Promise.all(all)).flat();
}

import { readFileSync } from "node:fs";
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

const root = join(import.meta.dirname, "..", "..");

/** The files with routes that a function's handler imports, as paths from the root. */
function routeFilesOf(name: string): string[] {
  const handler = readFileSync(join(root, "functions", name, "handler.ts"), "utf8");
  return [...handler.matchAll(/from "\.\.\/\.\.\/(shared\/[^"]*\broutes\.ts)"/g)].map(
    ([, file = ""]) => file,
  );
}

/** Every route and page, found by the handlers' own imports and not by way of infra's table. */
export async function routesOf(): Promise<Expected[]> {
  const files = functionNames().flatMap((by) => routeFilesOf(by).map((file) => ({ by, file })));
  const all = files.map(async ({ by, file }) => {
    const { routes = {}, pages = [] } = (await import(join(root, file))) as {
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

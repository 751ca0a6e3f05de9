import { readFileSync } from "node:fs";
import { join } from "node:path";
import { functionNames } from "../../infra/build.ts";

export interface Expected {
  readonly by: string;
  readonly method: string;
  readonly path: string;
  readonly open: boolean;
  /** True for routes that need neither a token nor a session. */
  readonly forStrangers: boolean;
}

const root = join(import.meta.dirname, "..", "..");

/** Every route and page, found by what the handlers hand over and not by way of infra's table. */
export async function routesOf(): Promise<Expected[]> {
  return (await Promise.all(functionNames().map(routesOfFunction))).flat();
}

async function routesOfFunction(by: string): Promise<Expected[]> {
  const handler = readFileSync(join(root, "functions", by, "handler.ts"), "utf8");
  const [, maker, table = ""] = /create(Api|WebApp)\(\s*(\w+)/.exec(handler) ?? [];
  if (maker === undefined) return [];
  const [, file = ""] =
    new RegExp(String.raw`import \{[^}]*\b${table}\b[^}]*\} from "\.\./\.\./(shared/[^"]*)"`).exec(handler) ??
    [];
  const exported = ((await import(join(root, file))) as Record<string, unknown>)[table];
  if (maker === "WebApp") {
    const pages = exported as readonly { method: string; path: string; session: string }[];
    return pages.map(({ method, path, session }) => {
      return { by, method, path, open: true, forStrangers: session !== "required" };
    });
  }
  const routes = Object.values(exported as Record<string, { method: string; path: string; who: unknown }>);
  return routes.map(({ method, path, who }) => {
    return { by, method, path, open: who === "anyone", forStrangers: who === "anyone" };
  });
}

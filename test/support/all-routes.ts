import { globSync } from "node:fs";
import { join } from "node:path";
import type { Route } from "../../shared/operations/kit/route.ts";

type Module = Readonly<Record<"routes" | "pageRoutes", Record<string, Route> | undefined>>;

/** Every route of the API, and those that only pages call, by operation id. */
export async function allRoutes(): Promise<ReadonlyMap<string, Route>> {
  const folder = join(import.meta.dirname, "..", "..", "shared", "operations");
  const files = globSync("*/routes.ts", { cwd: folder }).map((file) => join(folder, file));
  const modules = (await Promise.all(files.map((file) => import(file)))) as Module[];
  return new Map(
    modules.flatMap(({ routes = {}, pageRoutes = {} }) => Object.entries({ ...routes, ...pageRoutes })),
  );
}

import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

const namespace = "builtin";

/**
 * Takes Node's own modules from the runtime, also for packages that `require` them. An ESM import of `node:http`,
 * which middy makes for a table of status codes, reads all that the module exports and so loads undici: 6 % and
 * more of most cold starts of the API (docs/adr/0004).
 */
export const builtinsAsTheyAre: Plugin = {
  name: "builtins-as-they-are",
  setup(build) {
    build.onResolve({ filter: /^[a-z0-9:_/]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== "dynamic-import"
        ? { path: path.replace(/^node:/, ""), namespace }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("node:${path}");`,
    }));
  },
};

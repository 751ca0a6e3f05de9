import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

const namespaces = { imported: "builtin", importedLater: "builtin-later" };

/** Those that take milliseconds to load, and that some requests never need. */
const loadedWhenUsed = new Set(["crypto", "http", "https", "http2"]);

/**
 * Takes Node's own modules from the runtime, which has loaded most of them already. An ESM import of one reads all that
 * it exports, and so loads what the module itself would load when asked for it: undici with `node:http`, WebCrypto
 * with `node:crypto`; 50 ms of a function's init, for nothing (docs/adr/0004).
 */
export const builtinsAsTheyAre: Plugin = {
  name: "builtins-as-they-are",
  setup(build) {
    build.onResolve({ filter: /^[a-z0-9:_/]+$/ }, ({ path: specifier, kind }) => {
      if (!isBuiltin(specifier)) return undefined;
      const path = specifier.replace(/^node:/, "");
      if (kind !== "dynamic-import") return { path, namespace: namespaces.imported };
      return loadedWhenUsed.has(path) ? { path, namespace: namespaces.importedLater } : undefined;
    });
    build.onLoad({ filter: /./, namespace: namespaces.imported }, ({ path }) => ({
      contents: loadedWhenUsed.has(path) ? lazy(path) : `module.exports = ${taken(path)};`,
    }));
    build.onLoad({ filter: /./, namespace: namespaces.importedLater }, ({ path }) => ({
      contents: asModule(path),
    }));
  },
};

const taken = (name: string) => `process.getBuiltinModule("node:${name}")`;

function membersOf(name: string): [name: string, PropertyDescriptor][] {
  return Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(`node:${name}`) as object));
}

/** The module's members, each of which loads the module when it is first used. */
function lazy(name: string): string {
  const members = membersOf(name).map(([member]) => member);
  return `for (const member of ${JSON.stringify(members.join())}.split(","))
    Object.defineProperty(exports, member, { enumerable: true, get: () => ${taken(name)}[member] });`;
}

/** As an import gives it, but for the members that load something else when they are read. */
function asModule(name: string): string {
  const plain = membersOf(name).filter(([, descriptor]) => "value" in descriptor);
  return `const builtin = ${taken(name)};
    export default builtin;
    export const { ${plain.map(([member]) => member).join(", ")} } = builtin;`;
}

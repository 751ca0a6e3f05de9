import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const layout = readme.slice(readme.indexOf("## Repository layout"), readme.lastIndexOf("Licensed under"));

/** Paths in backticks; `<topic>` and the like stand for any folder or file. */
const paths = [...layout.matchAll(/`((?:functions|shared|infra|test|docs)\/[\w./<>-]*)`/g)].map(
  ([, path = ""]) => path,
);

describe("README, Repository layout", () => {
  it.each([...new Set(paths)])("%s exists", (path) => {
    expect(globSync(path.replaceAll(/<[\w-]+>/g, "*"), { cwd: root })).not.toEqual([]);
  });

  it("names every function, and every topic of the operations", () => {
    const functions = readdirSync(join(root, "functions"));
    expect(functions.filter((name) => !layout.includes(`\`${name}\``))).toEqual([]);
    const topics = readdirSync(join(root, "shared", "operations"));
    expect(topics.filter((name) => !layout.includes(`\`${name}\``))).toEqual([]);
  });

  it("names the files of its five steps as they are used: the types that force them stand there", () => {
    const read = (path: string) => readFileSync(join(root, path), "utf8");
    for (const topic of ["users", "organisations", "sanctions", "audit", "passwords"]) {
      expect(read(`shared/operations/${topic}/wiring.ts`)).toMatch(/Operations<typeof routes>/);
    }
    for (const [file, table] of [
      ["web-pages", "webRoutes"],
      ["administration-pages", "administrationRoutes"],
      ["operator-pages", "operatorRoutes"],
    ]) {
      expect(read(`shared/web/${file}.ts`)).toContain(`PageActions<typeof ${table}>`);
      expect(read("shared/web/routes.ts")).toContain(`export const ${table} = [`);
    }
    expect(existsSync(join(root, "test/e2e/access-matrix.test.ts"))).toBe(true);
  });
});

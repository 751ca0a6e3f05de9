import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const files = globSync("{functions,shared,infra}/**/*.{ts,tsx}", { cwd: root });

/** The files of ours that a file imports, types included. */
function importsOf(file: string): string[] {
  const code = readFileSync(join(root, file), "utf8");
  const paths = [...code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) => path);
  return paths.map((path) => join(dirname(file), path)).filter((path) => files.includes(path));
}

/** Groups of files that import each other in a circle (Tarjan's strongly connected components). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1 || graph.get(node)?.includes(node)) found.push(group.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

it("no files import each other in a circle, types included", () => {
  expect(files.length).toBeGreaterThan(300);
  expect(circles(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([]);
});

it("a circle would be found", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["b"]],
  ]);
  expect(circles(graph)).toEqual([["b", "c"]]);
});

import { existsSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const document = readFileSync("docs/security.md", "utf8");

interface Point {
  readonly number: number;
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

/** The rows of the checklist: `| 3 | … | <file>: “name” · “name”<br><file>: “name” |`. */
const points = [...document.matchAll(/^\| (\d+) +\|.*\| (.*?) *\|$/gm)].map(
  ([, number, held = ""]): Point => {
    const tests = held.split("<br>").flatMap((part) => {
      const file = /^`(test\/[^`]+)`: /.exec(part)?.[1] ?? "";
      return [...part.matchAll(/“([^”]+)”/g)].map(([, name = ""]) => ({ file, name }));
    });
    return { number: Number(number), tests };
  },
);

/** The names of all tests and groups of tests in a file that are run. */
function testsIn(file: string): Set<string> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [name] = node.arguments;
      const called = node.expression.getText(source);
      const runs = /^(?:test|it|describe)\b/.test(called) && !/^\w+\.(?:skip|todo)\b(?!If)/.test(called);
      if (runs && name && ts.isStringLiteralLike(name)) names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

describe("the security checklist (docs/security.md)", () => {
  it("has the first 25 points and others after them, in order, and at least one test for each", () => {
    const numbers = points.map(({ number }) => number);
    expect(numbers.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(points.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it.each(points)("point $number names tests that exist and are run", ({ tests }) => {
    for (const { file, name } of tests) {
      expect(existsSync(file), file).toBe(true);
      expect([...testsIn(file)], file).toContain(name);
    }
  });

  it("tells a test that is skipped from one that is run", () => {
    const names = testsIn("test/e2e/pages.test.ts");
    expect(names).toContain("a form from another site is refused");
    expect(names).not.toContain("a test that there is none of");
  });
});

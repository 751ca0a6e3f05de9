import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, describe, expect, it } from "vitest";
import {
  BuildError,
  bundleBudget,
  buildFolder,
  functionNames,
  measureBundle,
  requireWithinBudget,
} from "../../infra/build/build-functions.ts";
import { functionNeeds } from "../../infra/functions.ts";
import { readPdf } from "../support/pdf.ts";

const names = functionNames();
interface Metafile {
  readonly outputs: Record<
    string,
    {
      readonly inputs: Record<string, { readonly bytesInOutput: number }>;
      readonly imports: readonly {
        readonly path: string;
        readonly kind: string;
        readonly external?: boolean;
      }[];
    }
  >;
}

const metafile = (name: string) =>
  JSON.parse(readFileSync(join(buildFolder, `${name}.meta.json`), "utf8")) as Metafile;

/** The files that a function's code is made of. */
function sources(name: string): string[] {
  const all = Object.values(metafile(name).outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return all.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

const makesLetters = (name: string) => sources(name).some((path) => path.startsWith("node_modules/pdfkit/"));

/** The modules that a function's code imports from outside its bundle, statically or dynamically. */
function externalImports(name: string, way: "import-statement" | "dynamic-import"): string[] {
  const imports = Object.values(metafile(name).outputs).flatMap((output) => output.imports);
  return imports.filter(({ kind, external }) => kind === way && external).map(({ path }) => path);
}

describe("bundles", () => {
  it("synthesis prints what each weighs, and none is over its budget (DESIGN §7)", () => {
    const rows = inject("output")
      .split("\n")
      .map((line) => /^([a-z-]+) +\d+ +(\d+) % +(\d+)$/.exec(line))
      .filter((match) => match !== null);
    expect(rows.map(([, name]) => name)).toEqual(names);
    for (const [, , percent, afterInit] of rows) {
      expect(Number(percent)).toBeLessThanOrEqual(100);
      expect(Number(afterInit)).toBeLessThanOrEqual(bundleBudget.afterInit);
    }
  });

  it("one that is over its budget stops synthesis with a sentence that names it", () => {
    const small = { inAll: 650_000, afterInit: 0, hasLargeLibrary: false };
    const bundles = [
      { ...small, name: "meta" },
      { ...small, name: "web", inAll: 650_001 },
      { ...small, name: "passwords", afterInit: 1 },
      { ...small, name: "send-mail", inAll: 1_700_000, hasLargeLibrary: true },
      { ...small, name: "sanctions", inAll: 1_700_001, hasLargeLibrary: true },
    ];
    const sentence =
      "Code over its budget: web has 650001 bytes of 650000, passwords loads 1 bytes after init, sanctions has 1700001 bytes of 1700000.";
    expect(() => requireWithinBudget(bundles)).toThrow(new BuildError(sentence));
  });

  it("code that a request loads counts, but for the library that makes PDF", () => {
    const output = (bytes: number, input: string, imports: string[] = []) => ({
      bytes,
      inputs: { [input]: { bytesInOutput: bytes } },
      imports: imports.map((path) => ({ path, kind: "dynamic-import" as const })),
      exports: [],
    });
    const outputs = {
      "build/letters/index.mjs": output(5, "functions/letters/handler.ts", [
        "build/letters/pdf.mjs",
        "build/letters/late.mjs",
      ]),
      "build/letters/pdf.mjs": output(900, "node_modules/pdfkit/js/pdfkit.es.js"),
      "build/letters/late.mjs": output(30, "shared/late.ts"),
    };
    expect(measureBundle("letters", { inputs: {}, outputs })).toEqual({
      name: "letters",
      inAll: 935,
      afterInit: 30,
      hasLargeLibrary: true,
    });
  });

  it.each(names)("%s holds code and nothing that belongs elsewhere", (name) => {
    const files = readdirSync(join(buildFolder, name));
    expect(files).toContain("index.mjs");
    expect(
      files.filter(
        (file) =>
          !/^(?:(?:index|chunk|wiring|[\w-]+)-?[A-Z0-9]*\.mjs|openapi\.json|assets|node_modules)$/.test(file),
      ),
    ).toEqual([]);
    expect(files.includes("openapi.json")).toBe(name === "meta");
    expect(files.includes("node_modules")).toBe(makesLetters(name));
  });

  it.each(names)("%s brings neither zod's languages nor credentials of other places", (name) => {
    const unwanted = /zod\/v4\/locales\/|credential-provider-(?:sso|ini|process|http|login)|bowser/;
    expect(sources(name).filter((path) => unwanted.test(path))).toEqual([]);
  });

  it.each(names)(
    "%s takes Node's modules from the runtime, none of them by an import that reads it all",
    (name) => expect(externalImports(name, "import-statement")).toEqual([]),
  );

  it.each(names.filter(makesLetters))("%s makes letters with nothing but what it brings", async (name) => {
    const folder = mkdtempSync(join(tmpdir(), "bundle-"));
    try {
      cpSync(join(buildFolder, name), folder, { recursive: true });
      const chunk = readdirSync(folder).find((file) => file.startsWith("write-pdf-"));
      const letter = {
        title: "Sluiting",
        sender: "CIZ",
        at: "2026-11-22T13:00:00.000Z",
        parts: [{ kind: "paragraph", text: "Geachte Ελένη Şahin," }],
      };
      const code = `const { writePdf } = await import("./${chunk}");
        process.stdout.write(await writePdf(${JSON.stringify(letter)}));`;
      const pdf = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: folder });
      const { pages, info } = await readPdf(pdf);
      expect(pages.join()).toContain("Geachte Ελένη Şahin,");
      expect(info["Title"]).toBe("Sluiting");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("middy imports node:http, which is what infra/build/builtins-as-they-are.ts is for", () => {
    expect(sources("users")).toContain("builtin:http");
  });

  it("the SDK imports nothing for other places than Lambda but what infra/build/slim-sdk.ts leaves out", () => {
    const leftOut = externalImports("users", "dynamic-import").filter((path) => !path.startsWith("node:"));
    expect(leftOut.sort()).toEqual([
      "@aws-sdk/credential-provider-http",
      "@aws-sdk/credential-provider-ini",
      "@aws-sdk/credential-provider-process",
      "@aws-sdk/credential-provider-sso",
      "@aws-sdk/credential-provider-web-identity",
      "@smithy/core/event-streams",
      "@smithy/credential-provider-imds",
    ]);
  });

  it("every function has an entry in the table of needs, and the table has no other", () => {
    expect(Object.keys(functionNeeds).sort()).toEqual(names);
  });
});

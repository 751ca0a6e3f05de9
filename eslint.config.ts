import js from "@eslint/js";
import { defineConfig, type Config } from "eslint/config";
import tseslint from "typescript-eslint";

type Forbidden = ({ group: string[] } | { regex: string }) & { message: string };

/** Paths that a part of the code may not import: the direction in docs/architecture.md, as a rule. */
function forbid(files: string[], patterns: Forbidden[], ignores: string[] = []): Config {
  return {
    files,
    ignores,
    rules: { "no-restricted-imports": ["error", { patterns: [...patterns, noZodLocales] }] },
  };
}

const noZodLocales = {
  regex: "^zod$",
  message: 'Use `import * as z from "zod/mini"`: plain zod pulls every locale into a bundle.',
};
const aws = {
  group: ["@aws-sdk/*", "aws-cdk-lib", "aws-cdk-lib/*", "@aws-lambda-powertools/*", "@middy/*", "aws-lambda"],
  message: "The domain knows no AWS.",
};
const handlers = { group: ["**/handler.ts"], message: "A handler is an entry point; nothing imports it." };

/** The rooms of the code; imports point from right to left (README, Repository layout). */
const rooms = [
  "domain",
  "runtime",
  "texts",
  "adapters",
  "operations",
  "http",
  "web",
  "functions",
  "infra",
] as const;
type Room = (typeof rooms)[number];
const foldersOf: Partial<Record<Room, string>> = { adapters: "dynamodb|cognito|ses" };

/** Files of these paths may not import the rooms. */
function outOf(files: string[], ...forbidden: Room[]): Config {
  const folders = forbidden.map((room) => foldersOf[room] ?? room).join("|");
  const message = `Imports point one way: ${rooms.join(" < ")}.`;
  return forbid(files, [{ regex: `^\\.\\.?/(?:.*/)?(?:${folders})/`, message }]);
}

export default defineConfig(
  {
    ignores: [
      "node_modules",
      "build",
      "cdk.out",
      ".portero",
      "coverage",
      "test/local/fixture/functions",
      "*.tmp.*",
      "shared/web/kit/assets",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
      // The errors of services can quote the personal data that they were given, so causes are not always kept.
      "preserve-caught-error": "off",
      "no-console": "error",
    },
  },
  forbid(
    ["shared/domain/**"],
    [
      aws,
      { group: ["../*/**", "!../domain/**"], message: "The domain imports nothing of ours outside itself." },
      { group: ["node:process", "node:fs", "node:fs/*"], message: "The domain has no environment." },
    ],
  ),
  outOf(["shared/runtime/**"], "texts", "adapters", "operations", "http", "web", "functions", "infra"),
  outOf(["shared/texts/**"], "adapters", "operations", "http", "web", "functions", "infra"),
  outOf(["shared/{dynamodb,cognito,ses}/**"], "texts", "operations", "http", "web", "functions", "infra"),
  outOf(["shared/operations/**"], "http", "web", "functions", "infra"),
  outOf(["shared/http/**"], "web", "functions", "infra"),
  outOf(["shared/web/**"], "functions", "infra"),
  forbid(
    ["shared/web/kit/**"],
    [
      {
        regex: "^\\.\\./(?:account|audit|imports|organisations|sanctions|users)/|/(?:functions|infra)/",
        message: "The kit of the pages knows no topic.",
      },
    ],
  ),
  forbid(
    ["functions/**"],
    [handlers, { regex: "(?:^|/)infra/", message: "Functions load nothing of infra." }],
  ),
  forbid(
    ["infra/**"],
    [
      handlers,
      {
        regex: "functions/|shared/(?:operations|web)/(?!.*(?:routes|kit/route|kit/schemas)\\.ts$)",
        message:
          "infra imports routes.ts and their schemas, which are data, and no code of the operations and pages.",
      },
    ],
  ),
  // The demonstration is made by the repositories themselves, so that it is stored as the application stores it.
  forbid(["infra/local/demo/**"], [handlers]),
  forbid(
    ["infra/local/**"],
    [
      {
        regex: "(functions|shared|stacks|constructs|build)/|/(config|functions)\\.ts$",
        message: "The local host reads cdk.out and nothing else of the app.",
      },
    ],
    ["infra/local/demo/**"],
  ),
  { files: ["infra/**", "test/**"], rules: { "no-console": "off" } },
  {
    // Tests look at answers as they come; what a body must be is what the test says.
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);

import { defineConfig, type Config } from "eslint/config";
import tseslint from "typescript-eslint";

type Forbidden = ({ group: string[] } | { regex: string }) & { message: string };

/** Paths that a part of the code may not import: the direction in docs/architecture.md, as a rule. */
function forbid(files: string[], patterns: Forbidden[]): Config {
  return { files, rules: { "no-restricted-imports": ["error", { patterns: [...patterns, noZodLocales] }] } };
}

const noZodLocales = {
  regex: "^zod$",
  message: 'Use `import * as z from "zod/mini"`: plain zod pulls every locale into a bundle.',
};
const handlers = { group: ["**/handler.ts"], message: "A handler is wiring; nothing imports it." };
const aws = {
  group: ["@aws-sdk/*", "aws-cdk-lib", "aws-cdk-lib/*", "@aws-lambda-powertools/*", "@middy/*", "aws-lambda"],
  message: "The domain knows no AWS.",
};
const infraInside = { group: ["**/infra/**"], message: "Nothing that a function loads imports infra." };
const functionsInside = { group: ["**/functions/**"], message: "shared/ does not know the functions." };

export default defineConfig(
  {
    ignores: [
      "node_modules",
      "build",
      "cdk.out",
      ".portero",
      "coverage",
      "**/*.cjs",
      "*.tmp.*",
      "shared/web/kit/assets",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  forbid(
    ["shared/domain/**"],
    [
      aws,
      infraInside,
      functionsInside,
      { group: ["../*/**", "!../domain/**"], message: "The domain imports nothing of ours outside itself." },
      { group: ["node:process", "node:fs", "node:fs/*"], message: "The domain has no environment." },
    ],
  ),
  forbid(
    ["shared/{dynamodb,cognito,ses,http,texts,passwords}/**", "shared/*.ts"],
    [infraInside, functionsInside],
  ),
  forbid(["functions/**"], [infraInside, handlers]),
  forbid(
    ["infra/**"],
    [
      handlers,
      {
        regex: "functions/(?!\\*)(?!.*routes\\.ts$).*",
        message: "infra imports the functions' routes.ts, which are data, and none of their code.",
      },
    ],
  ),
  forbid(
    ["infra/local/*.ts"],
    [
      {
        regex: "(functions|shared|stacks|constructs)/",
        message: "The local host reads cdk.out and nothing else of the app.",
      },
    ],
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

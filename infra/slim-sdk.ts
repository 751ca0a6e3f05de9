import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";

const root = join(import.meta.dirname, "..");
const namespace = "from-the-environment";

/**
 * The errors of AWS that code tells apart by their class. All others keep their name, message and status, and
 * become the client's common exception, as those do that are younger than the SDK.
 */
export const errorsWithClass: readonly string[] = [
  "ConditionalCheckFailedException",
  "TransactionCanceledException",
  "TransactionConflictException",
];

/** Leaves out of a bundle what the AWS SDK brings for other places than Lambda (docs/adr/0004). */
export const slimSdk: Plugin = {
  name: "slim-sdk",
  setup(build) {
    // Lambda hands credentials in the environment: no profiles, no SSO, no instance metadata (136 KB).
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /./, namespace }, () => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      resolveDir: root,
    }));
    // What it would load itself one day, for event streams and in browsers, is not there to load (50 KB).
    build.onResolve({ filter: /^(?:@smithy|@aws-sdk|bowser)\b/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
    // Of the classes for errors, and their schemas, all that nobody asks for (27 KB of Cognito's alone).
    build.onLoad({ filter: /client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ }, async ({ path }) => ({
      contents: withoutErrors(await readFile(path, "utf8")),
    }));
    // Of a client's package description, all but the version that it tells AWS.
    build.onLoad({ filter: /@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8")) as { version: string };
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

/** What is not registered is not needed, and the bundler leaves it out. */
function withoutErrors(schemas: string): string {
  return schemas.replaceAll(
    /^n0_registry\.registerError\(\w+\$, (\w+)\);$/gm,
    (registration, name: string) => (errorsWithClass.includes(name) ? registration : ""),
  );
}

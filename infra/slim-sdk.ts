import { join } from "node:path";
import type { Plugin } from "esbuild";

const root = join(import.meta.dirname, "..");
const namespace = "from-the-environment";

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
  },
};

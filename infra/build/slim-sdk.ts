import type { Plugin } from "esbuild";

/**
 * Leaves out of a bundle what the AWS SDK imports only in other places than Lambda, which hands credentials in the
 * environment: SSO, profiles, instance metadata, event streams, browsers. These are 178 KB a function, with
 * which pages would be over the budget of code (docs/adr/0004).
 */
export const slimSdk: Plugin = {
  name: "slim-sdk",
  setup(build) {
    build.onResolve({ filter: /^(?:@smithy|@aws-sdk|bowser)\b/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

import type { Plugin } from "esbuild";

/**
 * Leaves out of a bundle what the AWS SDK would load in other places than Lambda, which hands credentials in the
 * environment: SSO, profiles, instance metadata, event streams, and names of browsers. Pages would be over their
 * budget of code with these 178 KB (docs/adr/0004).
 */
export const slimSdk: Plugin = {
  name: "slim-sdk",
  setup(build) {
    build.onResolve({ filter: /^(?:@smithy|@aws-sdk|bowser)\b/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

import { App } from "aws-cdk-lib";
import { describeApplication } from "./application.ts";
import { BuildError, buildFunctions, sizeTable } from "./build/build-functions.ts";
import { ConfigurationError, readConfiguration } from "./config.ts";
import { DataWouldBeReplaced } from "./protected-resources.ts";
import { openApiDocument } from "./build/openapi.ts";
import { readRelease } from "./release.ts";

/** The CDK app: bundles the functions, then describes the stacks of the stage that the context names. */
async function synthesise(): Promise<void> {
  // With `autoSynth`, a failed run would be synthesised again when the process ends.
  const app = new App({ autoSynth: false });
  const release = readRelease();
  const configuration = readConfiguration(app.node.getAllContext() as Record<string, unknown>);
  const document = openApiDocument({ version: release.version, contacts: configuration.contacts });
  const bundles = await buildFunctions({ meta: { "openapi.json": JSON.stringify(document) } });
  console.error(sizeTable(bundles));
  describeApplication(app, configuration, release);
  app.synth();
}

try {
  await synthesise();
} catch (error) {
  const foreseen = [ConfigurationError, BuildError, DataWouldBeReplaced].some(
    (kind) => error instanceof kind,
  );
  console.error(foreseen ? (error as Error).message : error);
  process.exitCode = 1;
}

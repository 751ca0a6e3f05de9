import { App } from "aws-cdk-lib";
import packageDescription from "../package.json" with { type: "json" };
import { describeApplication } from "./application.ts";
import { BuildError, buildFunctions, sizeTable } from "./build/build-functions.ts";
import { ConfigurationError, readConfiguration } from "./config.ts";
import { DataWouldBeReplaced } from "./protected-resources.ts";
import { openApiDocument } from "./build/openapi.ts";

/** The CDK app: bundles the functions, then describes the stacks of the stage that the context names. */
async function synthesise(): Promise<void> {
  // With `autoSynth`, a failed run would be synthesised again when the process ends.
  const app = new App({ autoSynth: false });
  const { version } = packageDescription;
  const configuration = readConfiguration(app.node.getAllContext() as Record<string, unknown>);
  const document = openApiDocument({ version, contacts: configuration.contacts });
  const bundles = await buildFunctions({ meta: { "openapi.json": JSON.stringify(document) } });
  console.error(sizeTable(bundles));
  describeApplication(app, configuration, version);
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

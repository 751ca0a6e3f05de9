import { Validations, type App } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import type { Configuration } from "./config.ts";
import { requireSameData } from "./protected-resources.ts";
import type { Release } from "./release.ts";
import { AppStack } from "./stacks/app-stack.ts";
import { DataStack } from "./stacks/data-stack.ts";

/**
 * Describes the stacks of one stage. Both packs of cdk-nag check them at synthesis; each exception is written, with its
 * reason, beside the construct that needs it.
 * @throws DataWouldBeReplaced
 * @param release the application's; its functions must have been built
 */
export function describeApplication(app: App, configuration: Configuration, release: Release): void {
  const data = new DataStack(app, configuration);
  requireSameData(data);
  new AppStack(app, { configuration, data, release });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}

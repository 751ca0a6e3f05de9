import { Validations, type App } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import type { Configuration } from "./config.ts";
import { requireSameData } from "./irreplaceable.ts";
import { AppStack } from "./stacks/app-stack.ts";
import { DataStack } from "./stacks/data-stack.ts";

/**
 * Describes the stacks of one stage, and has both packs of cdk-nag check them when they are synthesised; each
 * exception stands with its reason beside the construct it is about.
 * @throws DataWouldBeReplaced
 * @param version of the whole application; its functions must have been built
 */
export function describeApplication(app: App, configuration: Configuration, version: string): void {
  const data = new DataStack(app, configuration);
  requireSameData(data);
  new AppStack(app, { configuration, data, version });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudFormationValidatePlugin } from "aws-cdk-lib";
import { AssetManifestArtifact, CloudAssembly, type CloudFormationStackArtifact } from "aws-cdk-lib/cx-api";
import { RootConstruct } from "constructs";
import { damagedAssets, functionsWithoutCode } from "./assets.ts";
import { tooLarge } from "./limits.ts";
import { cycles, danglingReferences, missingImports, unansweredCustomResources } from "./references.ts";
import type { Asset, PlannedStack, Template } from "./template.ts";

/** Outputs that others rely on, by the end of the stack's name (DESIGN §9). */
const promised: Readonly<Record<string, readonly string[]>> = {
  "-portero-data": ["UserPoolId", "UserPoolClientId", "TableName", "AuditTableName"],
  "-portero-app": ["ApiUrl", "WebUrl", "JobPasswordExpiryWarnings", "JobDeactivateInactive"],
};

/**
 * Does, without network and account, the steps of `cdk deploy` that can fail: it reads the manifest, takes the stacks
 * in order, checks every file that would be uploaded, and validates every template by CloudFormation's schemas and for
 * the reasons for which CloudFormation refuses templates.
 * @param directory the assembly's
 * @returns a sentence for each thing that would go wrong
 */
export function rehearse(directory: string): string[] {
  const stacks = plannedStacks(directory);
  const ofStacks = stacks.flatMap((stack) => [
    ...damagedAssets(stack),
    ...functionsWithoutCode(stack),
    ...danglingReferences(stack),
    ...cycles(stack),
    ...missingImports(stack, stacks),
    ...unansweredCustomResources(stack),
    ...tooLarge(stack),
  ]);
  return [...ofStacks, ...missingOutputs(stacks), ...againstSchemas(stacks)];
}

/** The stacks in the order in which they are deployed. */
function plannedStacks(directory: string): PlannedStack[] {
  return new CloudAssembly(directory).stacks.map((stack) => {
    return {
      name: stack.stackName,
      templatePath: stack.templateFullPath,
      region: stack.environment.region,
      after: stack.dependencies.map(({ id }) => id),
      template: stack.template as Template,
      assets: assetsOf(stack, directory),
    };
  });
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

function assetsOf({ dependencies }: CloudFormationStackArtifact, directory: string): Map<string, Asset> {
  const manifests = dependencies.filter((one) => AssetManifestArtifact.isAssetManifestArtifact(one));
  const files = manifests.flatMap(({ file }) =>
    Object.entries((JSON.parse(readFileSync(file, "utf8")) as AssetManifest).files ?? {}),
  );
  return new Map(
    files.flatMap(([id, { source, destinations }]) => {
      const asset = { id, path: join(directory, source.path), packaging: source.packaging };
      return Object.values(destinations).map(({ objectKey }) => [objectKey, asset] as const);
    }),
  );
}

function missingOutputs(stacks: readonly PlannedStack[]): string[] {
  return Object.entries(promised).flatMap(([end, names]) => {
    const stack = stacks.find(({ name }) => name.endsWith(end));
    if (!stack) return [`There is no stack whose name ends in ${end}.`];
    const { Outputs = {} } = stack.template;
    return names
      .filter((name) => !(name in Outputs))
      .map((name) => `${stack.name}: the output ${name} is missing, which others rely on.`);
  });
}

/** CloudFormation's schemas, which come with the CDK; compiled once. */
const schemas = new CloudFormationValidatePlugin();

function againstSchemas(stacks: readonly PlannedStack[]): string[] {
  const { violations } = schemas.validate({
    appConstruct: new RootConstruct(),
    templatePaths: stacks.map(({ templatePath }) => templatePath),
    stackTemplates: stacks.map(({ name, templatePath, region }) => {
      return { stackConstructPath: name, templatePath, region, accountId: undefined };
    }),
  });
  return violations.map(({ ruleName, description, violatingResources }) => {
    const ids = violatingResources.map(
      ({ resourceLogicalId = "a part of the template" }) => resourceLogicalId,
    );
    return `${ids.join(", ")}: ${description} (${ruleName})`;
  });
}

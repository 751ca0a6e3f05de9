import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { HostError } from "../host-error.ts";

const Artifact = z.looseObject({
  type: z.string(),
  environment: z.optional(z.string()),
  dependencies: z.optional(z.array(z.string())),
  properties: z.optional(
    z.looseObject({
      templateFile: z.optional(z.string()),
      file: z.optional(z.string()),
      stackName: z.optional(z.string()),
    }),
  ),
});
type Artifact = z.infer<typeof Artifact>;
const Manifest = z.object({ artifacts: z.record(z.string(), Artifact) });

const Resource = z.looseObject({
  Type: z.string(),
  Condition: z.optional(z.string()),
  Properties: z.optional(z.record(z.string(), z.unknown())),
});

const Output = z.looseObject({
  Value: z.unknown(),
  Export: z.optional(z.looseObject({ Name: z.unknown() })),
});

const Template = z.looseObject({
  Resources: z.optional(z.record(z.string(), Resource)),
  Outputs: z.optional(z.record(z.string(), Output)),
});

const Assets = z.object({
  files: z.optional(
    z.record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.optional(z.string()) }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    ),
  ),
});

export type Template = z.infer<typeof Template>;

export interface Stack {
  name: string;
  region: string;
  account: string;
  template: Template;
}

export interface Assembly {
  /** In the order of their dependencies: a stack follows those that it reads from. */
  stacks: Stack[];
  /** The folder or file behind each S3 key that the templates name. */
  assets: Map<string, string>;
}

/** Stands for every AWS account: the emulators know no other. */
export const localAccount = "000000000000";

/** Parts of a template, beside resources and outputs, that would change what is made. */
const unsupportedParts = ["Conditions", "Mappings", "Transform"];

/**
 * Reads the output of `cdk synth`: the manifest, the templates and where the assets are.
 * @throws HostError if a template has a part that the local host does not support
 */
export async function readAssembly(directory: string): Promise<Assembly> {
  const { artifacts } = await readJson(join(directory, "manifest.json"), Manifest);
  const assets = new Map<string, string>();
  const stacks = new Map<string, Stack>();
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (artifact.type === "cdk:asset-manifest") await addAssets(assets, directory, artifact);
    if (artifact.type === "aws:cloudformation:stack")
      stacks.set(id, await readStack(directory, id, artifact));
  }
  const order = inOrder([...stacks.keys()], (id) => artifacts[id]?.dependencies ?? []);
  return { stacks: order.flatMap((id) => stacks.get(id) ?? []), assets };
}

async function readJson<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(path, "utf8")));
}

async function addAssets(
  assets: Map<string, string>,
  directory: string,
  { properties }: Artifact,
): Promise<void> {
  const { files = {} } = await readJson(join(directory, properties?.file ?? ""), Assets);
  for (const { source, destinations } of Object.values(files)) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations))
      assets.set(objectKey, join(directory, source.path));
  }
}

async function readStack(
  directory: string,
  id: string,
  { environment = "", properties = {} }: Artifact,
): Promise<Stack> {
  const template = await readJson(join(directory, properties.templateFile ?? ""), Template);
  const name = properties.stackName ?? id;
  const part = unsupportedParts.find((one) => template[one] !== undefined);
  if (part !== undefined)
    throw new HostError(`Stack ${name} has ${part}, which the local host does not support.`);
  const [account = "", region = ""] = environment.replace("aws://", "").split("/");
  if (!/^[a-z]+(?:-[a-z]+)+-\d$/.test(region)) throw new HostError(`Stack ${name} does not say its region.`);
  return { name, region, account: /^\d+$/.test(account) ? account : localAccount, template };
}

function inOrder(ids: string[], dependenciesOf: (id: string) => string[]): string[] {
  const ordered = new Set<string>();
  const visit = (id: string) => {
    if (ordered.has(id) || !ids.includes(id)) return;
    dependenciesOf(id).forEach(visit);
    ordered.add(id);
  };
  ids.forEach(visit);
  return [...ordered];
}

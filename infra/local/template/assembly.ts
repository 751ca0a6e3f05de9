import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.looseObject({
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
    }),
  ),
});

const Resource = z.looseObject({
  Type: z.string(),
  Condition: z.optional(z.string()),
  Properties: z.optional(z.record(z.string(), z.unknown())),
});

const Template = z.looseObject({
  Parameters: z.optional(z.record(z.string(), z.looseObject({ Default: z.optional(z.unknown()) }))),
  Mappings: z.optional(z.record(z.string(), z.unknown())),
  Conditions: z.optional(z.record(z.string(), z.unknown())),
  Resources: z.optional(z.record(z.string(), Resource)),
  Outputs: z.optional(
    z.record(
      z.string(),
      z.looseObject({
        Value: z.unknown(),
        Condition: z.optional(z.string()),
        Export: z.optional(z.looseObject({ Name: z.unknown() })),
      }),
    ),
  ),
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

/** Stands for every AWS account: emulators know no other. */
export const localAccount = "000000000000";
const anyRegion = "eu-west-1";

/** Reads what `cdk synth` wrote: the manifest, the templates and where the assets lie. */
export async function readAssembly(directory: string): Promise<Assembly> {
  const read = async <T>(file: string, schema: z.ZodMiniType<T>): Promise<T> =>
    schema.parse(JSON.parse(await readFile(join(directory, file), "utf8")));
  const { artifacts } = await read("manifest.json", Manifest);
  const assets = new Map<string, string>();
  const stacks = new Map<string, Stack>();
  for (const [id, artifact] of Object.entries(artifacts)) {
    const { file, templateFile, stackName } = artifact.properties ?? {};
    if (artifact.type === "cdk:asset-manifest" && file !== undefined) {
      for (const asset of Object.values((await read(file, Assets)).files ?? {})) {
        const path = asset.source.path;
        for (const { objectKey } of Object.values(asset.destinations)) {
          if (path !== undefined) assets.set(objectKey, join(directory, path));
        }
      }
    }
    if (artifact.type === "aws:cloudformation:stack" && templateFile !== undefined) {
      const [account = "", region = ""] = (artifact.environment ?? "").replace("aws://", "").split("/");
      stacks.set(id, {
        name: stackName ?? id,
        region: region.startsWith("unknown") || region === "" ? anyRegion : region,
        account: /^\d+$/.test(account) ? account : localAccount,
        template: await read(templateFile, Template),
      });
    }
  }
  const order = inOrder([...stacks.keys()], (id) => artifacts[id]?.dependencies ?? []);
  return { stacks: order.flatMap((id) => stacks.get(id) ?? []), assets };
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

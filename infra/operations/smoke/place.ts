import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
} from "@aws-sdk/client-cloudformation";
import { readRelease, type Release } from "../../release.ts";
import { OperationError, outputOf, type Installation } from "../installation.ts";

/** A resource of the deployed templates. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Its name or id at AWS; empty if the local host does not make it. */
  readonly physicalId: string;
  /** The properties in the template, with intrinsic functions. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The installation that is checked, and what it is compared with. */
export interface Place {
  readonly installation: Installation;
  readonly resources: readonly Resource[];
  /** The address of pages and API, without a slash at the end. */
  readonly baseUrl: string;
  /** The version and commit that should be deployed. */
  readonly release: Release;
  readonly now: Date;
  /** The state directory of the app on this machine; null for a deployed stage. */
  readonly directory: string | null;
}

interface Template {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

const parts = ["data", "app"];

/** Reads the templates as they were deployed, so that checks need no list of resources of their own. */
export async function readPlace(
  installation: Installation,
  { stage, state = ".portero" }: { readonly stage: string | null; readonly state?: string | undefined },
): Promise<Place> {
  const resources =
    stage === null ? await localResources(state) : await deployedResources(stage, installation);
  return {
    installation,
    resources,
    baseUrl: outputOf(installation, "WebUrl").replace(/\/$/, ""),
    release: readRelease(),
    now: new Date(),
    directory: stage === null ? state : null,
  };
}

async function deployedResources(stage: string, { client }: Installation): Promise<Resource[]> {
  const cloudFormation = new CloudFormationClient(client);
  const stacks = parts.map((part) => resourcesOfStack(`${stage}-portero-${part}`, cloudFormation));
  return (await Promise.all(stacks)).flat();
}

/** @throws OperationError if the caller may not read the stack */
async function resourcesOfStack(StackName: string, client: CloudFormationClient): Promise<Resource[]> {
  try {
    const { TemplateBody = "{}" } = await client.send(new GetTemplateCommand({ StackName }));
    const ids = new Map<string, string>();
    for await (const page of paginateListStackResources({ client }, { StackName })) {
      for (const { LogicalResourceId = "", PhysicalResourceId = "" } of page.StackResourceSummaries ?? [])
        ids.set(LogicalResourceId, PhysicalResourceId);
    }
    return resourcesOf(JSON.parse(TemplateBody) as Template, (id) => ids.get(id));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperationError(`The resources of the stack ${StackName} could not be read: ${reason}`);
  }
}

async function localResources(directory: string): Promise<Resource[]> {
  const read = async <T>(...path: string[]) =>
    JSON.parse(await readFile(join(directory, ...path), "utf8")) as T;
  const { physicalIds } = await read<{ physicalIds: Record<string, string> }>("resources.json");
  const stacks = parts.map(async (part) => {
    const stack = `local-portero-${part}`;
    const template = await read<Template>("cdk.out", `${stack}.template.json`);
    return resourcesOf(template, (id) => physicalIds[`${stack}/${id}`]);
  });
  return (await Promise.all(stacks)).flat();
}

function resourcesOf({ Resources = {} }: Template, idOf: (logicalId: string) => string | undefined) {
  return Object.entries(Resources).map(([logicalId, { Type, Properties = {} }]): Resource => ({
    logicalId,
    type: Type,
    physicalId: idOf(logicalId) ?? "",
    properties: Properties,
  }));
}

export const ofType = ({ resources }: Place, type: string): Resource[] =>
  resources.filter((resource) => resource.type === type);

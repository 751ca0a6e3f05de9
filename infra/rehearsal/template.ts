/** One resource of a synthesised template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

/** A template in the form that CloudFormation receives. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

/** One stack of an assembly, with its place in the deployment. */
export interface PlannedStack {
  readonly name: string;
  readonly region: string;
  /** The template's file. */
  readonly templatePath: string;
  /** Names of the stacks that are deployed before it. */
  readonly after: readonly string[];
  readonly template: Template;
  /** Files by the names that the template gives them in the assets' bucket. */
  readonly assets: ReadonlyMap<string, Asset>;
}

export interface Asset {
  readonly path: string;
  readonly packaging: string;
  /** A digest of the file's content at synthesis. */
  readonly id: string;
}

/** Every object in a value that has this key, including the value itself. */
export function objectsWith(key: string, value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap((one) => objectsWith(key, one));
  return key in value ? [value as Record<string, unknown>, ...inside] : inside;
}

export function resourcesOf(
  template: Template,
  type: string,
): [id: string, properties: Record<string, unknown>][] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties]);
}

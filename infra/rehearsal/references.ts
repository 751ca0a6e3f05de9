import { objectsWith, type PlannedStack, type Template } from "./template.ts";

/** The names of resources and parameters that a part of a template refers to, without those of AWS. */
function namesIn(value: unknown): string[] {
  const references = objectsWith("Ref", value).map(({ Ref }) => String(Ref));
  const attributes = objectsWith("Fn::GetAtt", value).map(({ "Fn::GetAtt": parts }) =>
    Array.isArray(parts) ? String(parts[0]) : (String(parts).split(".")[0] ?? ""),
  );
  const substituted = objectsWith("Fn::Sub", value).flatMap(({ "Fn::Sub": text }) => {
    const [pattern, own] = Array.isArray(text) ? (text as [string, object]) : [String(text), {}];
    const names = [...pattern.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, name = ""]) => name);
    return names.filter((name) => !(name in own));
  });
  return [...references, ...attributes, ...substituted].filter((name) => !name.startsWith("AWS::"));
}

/** The resources that must exist before this one. */
function needsOf({ Resources }: Template, id: string): string[] {
  const { DependsOn = [], Properties } = Resources[id] ?? {};
  return [...[DependsOn].flat(), ...namesIn(Properties)];
}

/** References to names that do not exist; CloudFormation refuses a template with them. */
export function danglingReferences({ name, template }: PlannedStack): string[] {
  const { Resources, Parameters = {}, Outputs = {}, Conditions = {} } = template;
  const known = (one: string) => one in Resources || one in Parameters;
  const inResources = Object.keys(Resources).flatMap((id) =>
    needsOf(template, id)
      .filter((one) => !known(one))
      .map((one) => `${name}: ${id} refers to ${one}, which is not there.`),
  );
  const inOutputs = Object.entries(Outputs).flatMap(([id, output]) =>
    namesIn(output)
      .filter((one) => !known(one))
      .map((one) => `${name}: the output ${id} refers to ${one}, which is not there.`),
  );
  const conditions = Object.entries(Resources)
    .filter(([, { Condition }]) => Condition !== undefined && !(Condition in Conditions))
    .map(([id]) => `${name}: ${id} has a condition that is not there.`);
  return [...inResources, ...inOutputs, ...conditions];
}

/** Resources that depend on each other, so that none can be made first. */
export function cycles({ name, template }: PlannedStack): string[] {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] => {
    if (path.includes(id))
      return [`${name}: ${[...path.slice(path.indexOf(id)), id].join(" → ")} is a circle.`];
    if (done.has(id) || !(id in template.Resources)) return [];
    const found = needsOf(template, id).flatMap((next) => visit(next, [...path, id]));
    done.add(id);
    return found;
  };
  return Object.keys(template.Resources).flatMap((id) => visit(id, []));
}

/** Imports of values that no stack deployed before this one exports. */
export function missingImports(stack: PlannedStack, all: readonly PlannedStack[]): string[] {
  const before = all.filter(({ name }) => stack.after.includes(name));
  const exported = new Set<unknown>(
    before.flatMap(({ template }) =>
      Object.values(template.Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []),
    ),
  );
  return objectsWith("Fn::ImportValue", stack.template)
    .map(({ "Fn::ImportValue": wanted }) => wanted)
    .filter((wanted) => !exported.has(wanted))
    .map((wanted) => `${stack.name}: no stack that is deployed before it exports ${JSON.stringify(wanted)}.`);
}

/** Custom resources without a function that answers; CloudFormation would wait an hour for each. */
export function unansweredCustomResources({ name, template }: PlannedStack): string[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type.startsWith("Custom::") || Type === "AWS::CloudFormation::CustomResource")
    .filter(([, { Properties }]) => {
      const [by] = namesIn(Properties?.["ServiceToken"]);
      return by === undefined || template.Resources[by]?.Type !== "AWS::Lambda::Function";
    })
    .map(([id]) => `${name}: no function of the stack answers for ${id}.`);
}

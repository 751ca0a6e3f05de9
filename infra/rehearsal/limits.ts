import { readFileSync } from "node:fs";
import { objectsWith, resourcesOf, type PlannedStack, type Template } from "./template.ts";

/** AWS's limits that no quota can raise; a deployment that exceeds one fails half-way. */
const limits = {
  templateBytes: 1_000_000,
  resources: 500,
  outputs: 200,
  /** All variables of a function together. */
  environmentBytes: 4_096,
  /** The resource policy of a function, with one statement for each permission to call it. */
  functionPolicyBytes: 20_480,
  /** All inline policies of a role together. */
  rolePolicyCharacters: 10_240,
};

/** About the longest name or identifier that AWS gives at a deployment. */
const longName = "x".repeat(64);

/** The value as text, with a long name for everything that only the deployment knows. */
function filledIn(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  if (typeof value !== "object" || value === null) return "";
  const { "Fn::Join": join, ...others } = value as { "Fn::Join"?: [string, unknown[]] };
  if (join) return join[1].map(filledIn).join(join[0]);
  return Object.keys(others).some((key) => key === "Ref" || key.startsWith("Fn::"))
    ? longName
    : JSON.stringify(value);
}

/** A policy's text, with everything filled in that only the deployment knows. */
function policyText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    const isFunction =
      typeof part === "object" && part !== null && !Array.isArray(part) && "Fn::Join" in part;
    return isFunction ? filledIn(part) : part;
  });
}

/** Resources that AWS would refuse because they are too large. */
export function tooLarge({ name, template, templatePath }: PlannedStack): string[] {
  const found: [what: string, size: number, most: number][] = [
    ["its template", readFileSync(templatePath).byteLength, limits.templateBytes],
    ["the number of its resources", Object.keys(template.Resources).length, limits.resources],
    ["the number of its outputs", Object.keys(template.Outputs ?? {}).length, limits.outputs],
    ...environments(template),
    ...functionPolicies(template),
    ...rolePolicies(template),
  ];
  return found
    .filter(([, size, most]) => size > most)
    .map(([what, size, most]) => `${name}: ${what} is ${size}, and AWS takes ${most}.`);
}

type Size = [what: string, size: number, most: number];

function environments(template: Template): Size[] {
  return resourcesOf(template, "AWS::Lambda::Function").map(([id, { Environment }]) => {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
    const bytes = Object.entries(Variables).map(([key, value]) => Buffer.byteLength(key + filledIn(value)));
    return [`the environment of ${id}`, bytes.reduce((sum, one) => sum + one, 0), limits.environmentBytes];
  });
}

function functionPolicies(template: Template): Size[] {
  const statements = new Map<string, number>();
  for (const [, { FunctionName, SourceArn, Principal }] of resourcesOf(template, "AWS::Lambda::Permission")) {
    const [of] = objectsWith("Fn::GetAtt", FunctionName).map(({ "Fn::GetAtt": parts }) =>
      String((parts as unknown[])[0]),
    );
    const statement = {
      Sid: longName,
      Effect: "Allow",
      Principal: { Service: Principal },
      Action: "lambda:InvokeFunction",
      Resource: `arn:aws:lambda:eu-central-1:111122223333:function:${longName}`,
      Condition: { ArnLike: { "AWS:SourceArn": filledIn(SourceArn) } },
    };
    if (of !== undefined) statements.set(of, (statements.get(of) ?? 0) + JSON.stringify(statement).length);
  }
  return [...statements].map(([id, size]) => [
    `what says who may call ${id}`,
    size,
    limits.functionPolicyBytes,
  ]);
}

function rolePolicies(template: Template): Size[] {
  const sizes = new Map<string, number>();
  for (const [, { Roles, PolicyDocument }] of resourcesOf(template, "AWS::IAM::Policy")) {
    const [role] = objectsWith("Ref", Roles).map(({ Ref }) => String(Ref));
    if (role !== undefined) sizes.set(role, (sizes.get(role) ?? 0) + policyText(PolicyDocument).length);
  }
  return [...sizes].map(([id, size]) => [`the policy of ${id}`, size, limits.rolePolicyCharacters]);
}

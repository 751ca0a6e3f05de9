import { runSimulation, type SimulationIdentityPolicy } from "@cloud-copilot/iam-simulate";
import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";
import type { NeededAction } from "./service-calls.ts";

const Role = z.looseObject({
  Policies: z.optional(z.array(z.looseObject({ PolicyName: z.string(), PolicyDocument: z.unknown() }))),
  ManagedPolicyArns: z.optional(z.array(z.string())),
});
const Policy = z.looseObject({
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
  Roles: z.optional(z.array(z.string())),
});
const TableWithPolicy = z.looseObject({
  ResourcePolicy: z.optional(z.looseObject({ PolicyDocument: z.unknown() })),
});

const oneOrMore = z.union([z.string(), z.array(z.string())]);
/** The roles of this app allow, and leave denying to the tables. */
const PolicyDocument = z.looseObject({
  Statement: z.array(z.looseObject({ Effect: z.literal("Allow"), Action: oneOrMore, Resource: oneOrMore })),
});

/** A policy of AWS's that gives nothing but the right to write logs. */
const logsOnly = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

/** Decisions that are remembered; a call with a partition key that was not seen before costs half a millisecond. */
const mostDecisions = 50_000;

/** The policies that a function acts under. */
interface FunctionRole {
  readonly name: string;
  readonly policies: readonly SimulationIdentityPolicy[];
}

/** Judges what functions do by the roles and the resource policies of the templates. */
export class RolePolicies {
  readonly #account: string;
  /** The key is the function's logical id. */
  readonly #roles: ReadonlyMap<string, FunctionRole>;
  /** The key is the ARN of the resource. */
  readonly #resourcePolicies: ReadonlyMap<string, unknown>;
  readonly #decisions = new Map<string, Promise<boolean>>();

  /** @throws HostError if a function's role has policies that are not in the templates */
  constructor(catalogue: Catalogue) {
    this.#account = catalogue.assembly.stacks[0]?.account ?? "";
    const functions = catalogue.ofType("AWS::Lambda::Function");
    this.#roles = new Map(functions.map((found) => [found.logicalId, roleOf(found, catalogue)]));
    this.#resourcePolicies = new Map(
      catalogue.ofType("AWS::DynamoDB::Table").flatMap((found) => {
        const { ResourcePolicy } = catalogue.parse(found, TableWithPolicy);
        const arn = catalogue.attributeOf(found, "Arn");
        return ResourcePolicy ? [[arn, ResourcePolicy.PolicyDocument] as const] : [];
      }),
    );
  }

  /** Each allowed action of each function, as `<function> <action> <resource>`. */
  grants(): string[] {
    return [...this.#roles].flatMap(([functionId, { policies }]) =>
      policies.flatMap(({ policy }) =>
        PolicyDocument.parse(policy).Statement.flatMap(({ Action, Resource }) =>
          [Action]
            .flat()
            .flatMap((action) => [Resource].flat().map((one) => `${functionId} ${action} ${one}`)),
        ),
      ),
    );
  }

  /** True if a function's role and the resource's policy allow an action. */
  allows(functionId: string, needed: NeededAction): Promise<boolean> {
    const { action, resource, leadingKeys = [] } = needed;
    const keys = [...new Set(leadingKeys)].toSorted();
    const id = JSON.stringify([functionId, action, resource, keys]);
    const known = this.#decisions.get(id);
    if (known) return known;
    if (this.#decisions.size >= mostDecisions) this.#decisions.clear();
    const decision = this.#decide(functionId, { action, resource, leadingKeys: keys });
    this.#decisions.set(id, decision);
    return decision;
  }

  /** The name by which AWS's error messages call a function: its session of the role. */
  principalOf(functionId: string): string {
    const role = this.#roles.get(functionId)?.name ?? "unknown";
    return `arn:aws:sts::${this.#account}:assumed-role/${role}/${functionId}`;
  }

  async #decide(functionId: string, { action, resource, leadingKeys = [] }: NeededAction): Promise<boolean> {
    const role = this.#roles.get(functionId);
    if (!role) return false;
    const table = resource.replace(/\/index\/.*$/, "");
    const result = await runSimulation(
      {
        request: {
          principal: this.principalOf(functionId),
          action,
          resource: { resource, accountId: this.#account },
          contextVariables: leadingKeys.length > 0 ? { "dynamodb:LeadingKeys": [...leadingKeys] } : {},
        },
        identityPolicies: [...role.policies],
        resourcePolicy: this.#resourcePolicies.get(table),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (result.resultType === "error")
      throw new Error(`IAM cannot judge ${action} on ${resource}: ${JSON.stringify(result.errors)}`);
    return result.overallResult === "Allowed";
  }
}

function roleOf(found: Found, catalogue: Catalogue): FunctionRole {
  const { Role: reference } = found.rawProperties;
  const roleArn = catalogue.properties(found)["Role"];
  const role = catalogue
    .ofType("AWS::IAM::Role")
    .find((one) => one.stack === found.stack && catalogue.attributeOf(one, "Arn") === roleArn);
  if (!role) throw new HostError(`${found.key} has a role, ${JSON.stringify(reference)}, of no template.`);
  const { Policies = [], ManagedPolicyArns = [] } = catalogue.parse(role, Role);
  const unknown = ManagedPolicyArns.find((arn) => !logsOnly.test(arn));
  if (unknown !== undefined)
    throw new HostError(`${role.key} has the policy ${unknown}, which the local host does not know.`);
  const name = catalogue.nameOf(role);
  const attached = catalogue
    .ofType("AWS::IAM::Policy")
    .filter((one) => one.stack === role.stack)
    .map((one) => catalogue.parse(one, Policy))
    .filter(({ Roles = [] }) => Roles.includes(name));
  const policies = [...Policies, ...attached].map(({ PolicyName, PolicyDocument }) => ({
    name: PolicyName,
    policy: PolicyDocument,
  }));
  return { name, policies };
}

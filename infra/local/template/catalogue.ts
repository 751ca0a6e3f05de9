import { createHash } from "node:crypto";
import type { Assembly, Stack } from "./assembly.ts";
import { Intrinsics } from "./intrinsics.ts";

/** One resource of the templates. */
export interface Found {
  stack: Stack;
  logicalId: string;
  /** `<stack>/<logical id>`, under which the state remembers it. */
  key: string;
  type: string;
  /** As the template has them, intrinsic functions included. */
  rawProperties: Record<string, unknown>;
}

type Read = (found: Found, name: string, attribute: string | null) => unknown;

/** Properties that give a resource its name, in the types that let one choose. */
const nameProperties = [
  "FunctionName",
  "TableName",
  "QueueName",
  "StageName",
  "EmailIdentity",
  "TopicName",
  "Name",
];

/** Everything in the templates, and what it is called on this machine. */
export class Catalogue {
  readonly assembly: Assembly;
  readonly #intrinsics: Intrinsics;
  readonly #physicalIds: Readonly<Record<string, string>>;

  /**
   * @param physicalIds names that emulators gave, by key; it may still be filled after this
   * @param baseUrl stands in for the address that AWS would give the REST API's stage
   */
  constructor(assembly: Assembly, physicalIds: Readonly<Record<string, string>>, baseUrl: string) {
    this.assembly = assembly;
    this.#physicalIds = physicalIds;
    const read = (stack: Stack, logicalId: string, attribute: string | null) =>
      this.#read(this.#find(stack, logicalId), attribute);
    this.#intrinsics = new Intrinsics(assembly, read, (text) => text.replaceAll(stageAddress, baseUrl));
  }

  /** The resources of these types whose conditions hold, in template order. */
  ofType(...types: string[]): Found[] {
    return this.all().filter(({ type }) => types.includes(type));
  }

  all(): Found[] {
    return this.assembly.stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources ?? {})
        .filter(([, { Condition }]) => this.#intrinsics.holds(stack, Condition))
        .map(([logicalId]) => this.#find(stack, logicalId)),
    );
  }

  /** The resource's properties with every intrinsic function given its value. */
  properties(found: Found): Record<string, unknown> {
    return this.#intrinsics.resolve(found.stack, found.rawProperties) as Record<string, unknown>;
  }

  /** What `Ref` gives for the resource. */
  nameOf(found: Found): string {
    return String(this.#read(found, null));
  }

  /** What `Fn::GetAtt` gives for the resource. */
  attributeOf(found: Found, attribute: string): string {
    return String(this.#read(found, attribute));
  }

  /** The name that the resource gets, before any emulator has a say. */
  wantedName(found: Found): string {
    const chosen = nameProperties
      .map((property) => found.rawProperties[property])
      .find((value) => value !== undefined);
    return chosen === undefined
      ? `${found.stack.name}-${found.logicalId}`
      : String(this.#intrinsics.resolve(found.stack, chosen));
  }

  /** All outputs of all stacks; of equal names the later stack's stands. */
  outputs(): Record<string, string> {
    return Object.fromEntries(
      this.assembly.stacks.flatMap((stack) => Object.entries(this.#intrinsics.outputs(stack))),
    );
  }

  #find(stack: Stack, logicalId: string): Found {
    const resource = stack.template.Resources?.[logicalId];
    if (!resource) throw new Error(`${stack.name} refers to ${logicalId}, which it does not have`);
    const rawProperties = resource.Properties ?? {};
    return { stack, logicalId, key: `${stack.name}/${logicalId}`, type: resource.Type, rawProperties };
  }

  #read(found: Found, attribute: string | null): unknown {
    const name = this.#physicalIds[found.key] ?? this.wantedName(found);
    return (this.#readers[found.type] ?? readAnything)(found, name, attribute);
  }

  /** Types whose names or attributes mean something to a function, a token or a request. */
  readonly #readers: Record<string, Read> = {
    "AWS::DynamoDB::Table": readTable,
    "AWS::DynamoDB::GlobalTable": readTable,
    "AWS::Lambda::Function": (found, name, attribute) =>
      attribute === null ? name : arn(found, "lambda", `function:${name}`),
    "AWS::Lambda::Version": (found, _, attribute) =>
      attribute === "Version" ? "1" : `${this.#functionOf(found)}:1`,
    "AWS::Lambda::Alias": (found) => `${this.#functionOf(found)}:${String(found.rawProperties["Name"])}`,
    "AWS::Cognito::UserPool": (found, _, attribute) => {
      const id = this.#physicalIds[found.key];
      if (id === undefined) throw new Error(`the user pool ${found.key} is needed before it is made`);
      const provider = `cognito-idp.${found.stack.region}.amazonaws.com/${id}`;
      if (attribute === "Arn") return arn(found, "cognito-idp", `userpool/${id}`);
      return attribute === "ProviderName"
        ? provider
        : attribute === "ProviderURL"
          ? `https://${provider}`
          : id;
    },
    "AWS::Cognito::UserPoolClient": (found) => {
      const id = this.#physicalIds[found.key];
      if (id === undefined) throw new Error(`the app client ${found.key} is needed before it is made`);
      return id;
    },
    "AWS::SNS::Topic": (found, name, attribute) =>
      attribute === "TopicName" ? name : arn(found, "sns", name),
    "AWS::SQS::Queue": (found, name, attribute) => {
      if (attribute === "Arn") return arn(found, "sqs", name);
      if (attribute === "QueueName") return name;
      return `https://sqs.${found.stack.region}.amazonaws.com/${found.stack.account}/${name}`;
    },
    "AWS::ApiGateway::RestApi": (found, _, attribute) =>
      attribute === "RootResourceId" ? rootResourceId : restApiId(found.key),
    "AWS::ApiGateway::Resource": (found) => found.logicalId,
  };

  #functionOf(found: Found): string {
    const named = String(this.#intrinsics.resolve(found.stack, found.rawProperties["FunctionName"]));
    return named.startsWith("arn:") ? named : arn(found, "lambda", `function:${named}`);
  }
}

function readTable(found: Found, name: string, attribute: string | null): string {
  if (attribute === "Arn") return arn(found, "dynamodb", `table/${name}`);
  return attribute === "StreamArn" ? arn(found, "dynamodb", `table/${name}/stream/local`) : name;
}

function readAnything(found: Found, name: string, attribute: string | null): string {
  if (attribute === null) return name;
  const service = found.type.split("::")[1]?.toLowerCase() ?? "local";
  return attribute.endsWith("Arn") ? arn(found, service, name) : `${name}.${attribute}`;
}

function arn({ stack }: Found, service: string, resource: string): string {
  return `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
}

/** The id of a REST API's root resource; those below it are called by their logical ids. */
export const rootResourceId = "root";

/** Ten characters, like those that AWS gives out. */
export function restApiId(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 10);
}

const stageAddress = /https:\/\/[0-9a-f]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com\/[A-Za-z0-9_-]+/g;

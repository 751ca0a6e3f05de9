import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { Assembly, Stack } from "./assembly.ts";
import { Intrinsics } from "./intrinsics.ts";

/** One resource of the templates. */
export interface Found {
  stack: Stack;
  logicalId: string;
  /** `<stack>/<logical id>`, its key in the state. */
  key: string;
  type: string;
  /** With intrinsic functions, as in the template. */
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

/** All resources of the templates, and their names on this machine. */
export class Catalogue {
  readonly assembly: Assembly;
  readonly #intrinsics: Intrinsics;
  readonly #physicalIds: Readonly<Record<string, string>>;

  /**
   * @param physicalIds names that emulators gave, by key; more may be added later
   * @param baseUrl replaces the address that AWS would give the REST API's stage
   */
  constructor(assembly: Assembly, physicalIds: Readonly<Record<string, string>>, baseUrl: string) {
    this.assembly = assembly;
    this.#physicalIds = physicalIds;
    const read = (stack: Stack, logicalId: string, attribute: string | null) =>
      this.#read(this.#find(stack, logicalId), attribute);
    this.#intrinsics = new Intrinsics(assembly, read, (text) =>
      this.#resolveSecrets(text.replaceAll(stageAddress, baseUrl)),
    );
  }

  /** The resources of a type, in template order. */
  ofType(type: string): Found[] {
    return this.all().filter((found) => found.type === type);
  }

  all(): Found[] {
    return this.assembly.stacks.flatMap((stack) =>
      Object.keys(stack.template.Resources ?? {}).map((logicalId) => this.#find(stack, logicalId)),
    );
  }

  /** The resource's properties with every intrinsic function evaluated. */
  properties(found: Found): Record<string, unknown> {
    return this.#intrinsics.resolve(found.stack, found.rawProperties) as Record<string, unknown>;
  }

  /**
   * The resource's properties as the schema reads them.
   * @throws HostError naming the property that does not fit: the local host does not support its value
   */
  parse<T>(found: Found, schema: z.ZodMiniType<T>): T {
    const parsed = z.safeParse(schema, this.properties(found));
    if (parsed.success) return parsed.data;
    const property = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new HostError(
      `${found.key} (${found.type}) has a ${property} that the local host does not support.`,
    );
  }

  /** The value of `Ref` for the resource. */
  nameOf(found: Found): string {
    return String(this.#read(found, null));
  }

  /** The value of `Fn::GetAtt` for the resource. */
  attributeOf(found: Found, attribute: string): string {
    return String(this.#read(found, attribute));
  }

  /** The name that the template gives the resource; an emulator may give another. */
  wantedName(found: Found): string {
    const chosen = nameProperties
      .map((property) => found.rawProperties[property])
      .find((value) => value !== undefined);
    return chosen === undefined
      ? `${found.stack.name}-${found.logicalId}`
      : String(this.#intrinsics.resolve(found.stack, chosen));
  }

  /** All outputs of all stacks; if two have the same name, the later stack's wins. */
  outputs(): Record<string, string> {
    return Object.fromEntries(
      this.assembly.stacks.flatMap((stack) => Object.entries(this.#intrinsics.outputs(stack))),
    );
  }

  /** Resolves dynamic references to whole secrets, as CloudFormation does at a deployment. */
  #resolveSecrets(text: string): string {
    return text.replaceAll(/\{\{resolve:[^}]*\}\}/g, (reference) => {
      const [, secretArn] =
        /^\{\{resolve:secretsmanager:(arn:[^}]+?):SecretString:::\}\}$/.exec(reference) ?? [];
      const secret = this.ofType("AWS::SecretsManager::Secret").find((one) => this.nameOf(one) === secretArn);
      if (!secret) throw new HostError(`The local host does not support the reference ${reference}.`);
      return String(this.properties(secret)["SecretString"]);
    });
  }

  #find(stack: Stack, logicalId: string): Found {
    const resource = stack.template.Resources?.[logicalId];
    if (!resource) throw new HostError(`${stack.name} refers to ${logicalId}, which it does not have.`);
    const key = `${stack.name}/${logicalId}`;
    if (resource.Condition !== undefined)
      throw new HostError(`${key} has a condition, which the local host does not support.`);
    return { stack, logicalId, key, type: resource.Type, rawProperties: resource.Properties ?? {} };
  }

  #read(found: Found, attribute: string | null): unknown {
    const name = this.#physicalIds[found.key] ?? this.wantedName(found);
    return (this.#readers[found.type] ?? readAnything)(found, name, attribute);
  }

  /** Types whose names or attributes mean something to a function, a token or a request. */
  readonly #readers: Record<string, Read> = {
    "AWS::DynamoDB::Table": readTable,
    "AWS::Lambda::Function": (found, name, attribute) =>
      attribute === null ? name : arn(found, "lambda", `function:${name}`),
    "AWS::Lambda::Version": (found) => {
      const functionName = this.#intrinsics.resolve(found.stack, found.rawProperties["FunctionName"]);
      return arn(found, "lambda", `function:${String(functionName)}:1`);
    },
    "AWS::Cognito::UserPool": (found, _, attribute) => readUserPool(found, this.#idOf(found), attribute),
    "AWS::Cognito::UserPoolClient": (found, _, attribute) =>
      attribute === "ClientSecret" ? this.#given(secretKeyOf(found)) : this.#idOf(found),
    "AWS::SecretsManager::Secret": (found, name) => arn(found, "secretsmanager", `secret:${name}`),
    "AWS::SNS::Topic": (found, name, attribute) =>
      attribute === "TopicName" ? name : arn(found, "sns", name),
    "AWS::SQS::Queue": readQueue,
    "AWS::ApiGateway::RestApi": (found) => restApiId(found.key),
  };

  /** The id that Cognito gave. */
  #idOf({ key }: Found): string {
    return this.#given(key);
  }

  #given(key: string): string {
    const value = this.#physicalIds[key];
    if (value === undefined) throw new Error(`${key} is needed before it is made`);
    return value;
  }
}

/** The key of an app client's secret among the values that emulators gave. */
export const secretKeyOf = ({ key }: Pick<Found, "key">): string => `${key}.ClientSecret`;

function readTable(found: Found, name: string, attribute: string | null): string {
  if (attribute === "Arn") return arn(found, "dynamodb", `table/${name}`);
  return attribute === "StreamArn" ? arn(found, "dynamodb", `table/${name}/stream/local`) : name;
}

function readUserPool(found: Found, id: string, attribute: string | null): string {
  const provider = `cognito-idp.${found.stack.region}.amazonaws.com/${id}`;
  if (attribute === "Arn") return arn(found, "cognito-idp", `userpool/${id}`);
  if (attribute === "ProviderName") return provider;
  return attribute === "ProviderURL" ? `https://${provider}` : id;
}

function readQueue(found: Found, name: string, attribute: string | null): string {
  if (attribute === "Arn") return arn(found, "sqs", name);
  if (attribute === "QueueName") return name;
  return `https://sqs.${found.stack.region}.amazonaws.com/${found.stack.account}/${name}`;
}

function readAnything(found: Found, name: string, attribute: string | null): string {
  if (attribute === null) return name;
  const service = found.type.split("::")[1]?.toLowerCase() ?? "local";
  return attribute.endsWith("Arn") ? arn(found, service, name) : `${name}.${attribute}`;
}

function arn({ stack }: Found, service: string, resource: string): string {
  return `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
}

/** Ten characters, like the ids that AWS gives. */
export function restApiId(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 10);
}

const stageAddress = /https:\/\/[0-9a-f]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com\/[A-Za-z0-9_-]+/g;

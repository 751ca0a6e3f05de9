import { HostError } from "../host-error.ts";
import type { Assembly, Stack } from "./assembly.ts";

/** The name of a resource (`attribute` null) or the value of one of its attributes. */
export type ReadResource = (stack: Stack, logicalId: string, attribute: string | null) => unknown;

/** A value of a template or a token as text: JSON if it has parts, empty if it is missing. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Evaluates the intrinsic functions that this app's templates use; any other throws a HostError. */
export class Intrinsics {
  readonly #assembly: Assembly;
  readonly #readResource: ReadResource;
  readonly #finish: (text: string) => string;

  /** @param finish applied to every text once it is complete */
  constructor(
    assembly: Assembly,
    readResource: ReadResource,
    finish: (text: string) => string = (text) => text,
  ) {
    this.#assembly = assembly;
    this.#readResource = readResource;
    this.#finish = finish;
  }

  /** The value with every intrinsic function in it evaluated. */
  resolve(stack: Stack, value: unknown): unknown {
    return mapTexts(this.#resolve(stack, value), this.#finish);
  }

  /** The stack's outputs by name. */
  outputs(stack: Stack): Record<string, string> {
    const outputs = Object.entries(stack.template.Outputs ?? {});
    return Object.fromEntries(outputs.map(([name, { Value }]) => [name, asText(this.resolve(stack, Value))]));
  }

  #resolve(stack: Stack, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#resolve(stack, item));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ["", undefined]] = entries;
    if (entries.length === 1 && (name === "Ref" || name.startsWith("Fn::")))
      return this.#call(stack, name, argument);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.#resolve(stack, item)]));
  }

  #call(stack: Stack, name: string, argument: unknown): unknown {
    switch (name) {
      case "Ref":
        return this.#ref(stack, String(argument));
      case "Fn::GetAtt": {
        const [id = "", attribute = ""] = argument as string[];
        return this.#readResource(stack, id, attribute);
      }
      case "Fn::Join": {
        const [separator, parts] = argument as [string, unknown];
        return (this.#resolve(stack, parts) as unknown[]).map(asText).join(separator);
      }
      case "Fn::Sub":
        return this.#substitute(stack, argument);
      case "Fn::ImportValue":
        return this.#imported(asText(this.#resolve(stack, argument)));
      default:
        throw new HostError(`Stack ${stack.name} uses ${name}, which the local host does not support.`);
    }
  }

  #ref(stack: Stack, name: string): unknown {
    const pseudoParameters: Record<string, string> = {
      "AWS::Region": stack.region,
      "AWS::AccountId": stack.account,
      "AWS::Partition": "aws",
      "AWS::URLSuffix": "amazonaws.com",
    };
    if (name in pseudoParameters) return pseudoParameters[name];
    if (name.startsWith("AWS::"))
      throw new HostError(`Stack ${stack.name} refers to ${name}, which the local host does not support.`);
    return this.#readResource(stack, name, null);
  }

  #substitute(stack: Stack, argument: unknown): string {
    if (typeof argument !== "string" || /\$\{[^}]*[.!]/.test(argument))
      throw new HostError(
        `Stack ${stack.name} uses Fn::Sub with more than names, which the local host does not support.`,
      );
    return argument.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => asText(this.#ref(stack, name)));
  }

  #imported(exportName: string): unknown {
    for (const stack of this.#assembly.stacks) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export && this.#resolve(stack, Export.Name) === exportName) return this.#resolve(stack, Value);
      }
    }
    throw new HostError(`No stack exports ${exportName}.`);
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

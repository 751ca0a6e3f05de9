import type { Assembly, Stack } from "./assembly.ts";
import { asText } from "../text.ts";

/** What a resource is called (`attribute` null) or what one of its attributes says. */
export type ReadResource = (stack: Stack, logicalId: string, attribute: string | null) => unknown;

type Arguments = readonly unknown[];

const noValue = Symbol("AWS::NoValue");
const partition = "aws";
const urlSuffix = "amazonaws.com";

/** Gives the templates' intrinsic functions their values. */
export class Intrinsics {
  readonly #assembly: Assembly;
  readonly #readResource: ReadResource;
  readonly #finish: (text: string) => string;

  /** `finish` has the last word on every text, when it is complete. */
  constructor(
    assembly: Assembly,
    readResource: ReadResource,
    finish: (text: string) => string = (text) => text,
  ) {
    this.#assembly = assembly;
    this.#readResource = readResource;
    this.#finish = finish;
  }

  /** The value with every intrinsic function in it replaced; `AWS::NoValue` removes what holds it. */
  resolve(stack: Stack, value: unknown): unknown {
    const resolved = this.#resolve(stack, value);
    return resolved === noValue ? undefined : mapTexts(resolved, this.#finish);
  }

  /** Whether the template's condition of that name holds; a resource without one is always there. */
  holds(stack: Stack, condition: string | undefined): boolean {
    if (condition === undefined) return true;
    return this.#resolve(stack, stack.template.Conditions?.[condition]) === true;
  }

  /** The stack's outputs by name, as far as their conditions hold. */
  outputs(stack: Stack): Record<string, string> {
    const present = Object.entries(stack.template.Outputs ?? {}).filter(([, output]) =>
      this.holds(stack, output.Condition),
    );
    return Object.fromEntries(
      present.map(([name, output]) => [name, asText(this.resolve(stack, output.Value))]),
    );
  }

  #resolve(stack: Stack, value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#resolve(stack, item)).filter((item) => item !== noValue);
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    const [name = ""] = first ?? [];
    if (first && entries.length === 1 && (Object.hasOwn(this.#functions, name) || name.startsWith("Fn::"))) {
      return this.#call(stack, name, first[1]);
    }
    const resolved = entries.map(([key, item]) => [key, this.#resolve(stack, item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
  }

  #call(stack: Stack, name: string, argument: unknown): unknown {
    const implementation = this.#functions[name];
    if (!implementation) throw new Error(`${stack.name} uses ${name}, which the local host does not know`);
    return implementation(stack, argument);
  }

  /** Every function by its name; those of conditions yield booleans. */
  readonly #functions: Record<string, (stack: Stack, argument: unknown) => unknown> = {
    Ref: (stack, name) => this.#ref(stack, String(name)),
    "Fn::GetAtt": (stack, argument) => {
      const [id = "", ...attribute] = Array.isArray(argument)
        ? argument.map(String)
        : String(argument).split(".");
      return this.#readResource(stack, id, attribute.join("."));
    },
    "Fn::Join": (stack, argument) => {
      const [separator, parts] = argument as [string, unknown];
      return (this.#resolve(stack, parts) as Arguments).map(asText).join(separator);
    },
    "Fn::Sub": (stack, argument) => this.#substitute(stack, argument),
    "Fn::Select": (stack, argument) => {
      const [index, list] = this.#resolve(stack, argument) as [unknown, Arguments];
      return list[Number(index)];
    },
    "Fn::Split": (stack, argument) => {
      const [separator, text] = this.#resolve(stack, argument) as [string, unknown];
      return asText(text).split(separator);
    },
    "Fn::Base64": (stack, argument) => Buffer.from(asText(this.#resolve(stack, argument))).toString("base64"),
    "Fn::FindInMap": (stack, argument) => {
      const path = this.#resolve(stack, argument) as string[];
      return path.reduce<unknown>(
        (map, key) => (map as Record<string, unknown>)[key],
        stack.template.Mappings,
      );
    },
    "Fn::ImportValue": (stack, argument) => this.#imported(asText(this.#resolve(stack, argument))),
    "Fn::GetStackOutput": (stack, argument) => {
      const { StackName, OutputName } = this.#resolve(stack, argument) as Record<string, string>;
      const from = this.#assembly.stacks.find(({ name }) => name === StackName);
      const output = from?.template.Outputs?.[OutputName ?? ""];
      if (!from || !output)
        throw new Error(`no stack ${StackName ?? "?"} has an output ${OutputName ?? "?"}`);
      return this.#resolve(from, output.Value);
    },
    "Fn::If": (stack, argument) => {
      const [condition, yes, no] = argument as [string, unknown, unknown];
      return this.#resolve(stack, this.holds(stack, condition) ? yes : no);
    },
    "Fn::Equals": (stack, argument) => {
      const [left, right] = this.#resolve(stack, argument) as Arguments;
      return asText(left) === asText(right);
    },
    "Fn::Not": (stack, argument) => !(this.#resolve(stack, argument) as Arguments)[0],
    "Fn::And": (stack, argument) => (this.#resolve(stack, argument) as Arguments).every(Boolean),
    "Fn::Or": (stack, argument) => (this.#resolve(stack, argument) as Arguments).some(Boolean),
    // An IAM statement can hold a Condition too; only that of the template's conditions is a name.
    Condition: (stack, argument) =>
      typeof argument === "string"
        ? this.holds(stack, argument)
        : { Condition: this.#resolve(stack, argument) },
  };

  #ref(stack: Stack, name: string): unknown {
    const pseudo: Record<string, unknown> = {
      "AWS::Region": stack.region,
      "AWS::AccountId": stack.account,
      "AWS::Partition": partition,
      "AWS::URLSuffix": urlSuffix,
      "AWS::StackName": stack.name,
      "AWS::StackId": `arn:${partition}:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
      "AWS::NotificationARNs": [],
      "AWS::NoValue": noValue,
    };
    if (name in pseudo) return pseudo[name];
    const parameter = stack.template.Parameters?.[name];
    return parameter ? parameter.Default : this.#readResource(stack, name, null);
  }

  #substitute(stack: Stack, argument: unknown): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [
      string,
      Record<string, unknown>,
    ];
    return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return asText(this.#resolve(stack, variables[name]));
      const [id = "", ...attribute] = name.split(".");
      return asText(
        attribute.length > 0 ? this.#readResource(stack, id, attribute.join(".")) : this.#ref(stack, id),
      );
    });
  }

  #imported(exportName: string): unknown {
    for (const stack of this.#assembly.stacks) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export && this.#resolve(stack, Export.Name) === exportName) return this.#resolve(stack, Value);
      }
    }
    throw new Error(`no stack exports ${exportName}`);
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

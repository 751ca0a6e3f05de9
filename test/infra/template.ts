import { inject } from "vitest";
import type { Resource, Synthesised, Template } from "./synthesis.ts";

export const synthesised = inject("synthesised");

/** The stage that most tests use; another test checks that the others differ in configuration only. */
export const production: Synthesised = synthesised.production;

export interface Found extends Resource {
  readonly logicalId: string;
  /** The construct's path without the stack, such as `Sessions/Function`. */
  readonly path: string;
}

export function resources(template: Template, ...types: string[]): Found[] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => types.length === 0 || types.includes(resource.Type))
    .map(([logicalId, resource]) => ({ ...resource, logicalId, path: pathOf(resource) }));
}

/** The only resource of a type. */
export function resource(template: Template, type: string): Found {
  const [only, ...others] = resources(template, type);
  if (!only || others.length > 0) throw new Error(`Not exactly one ${type}`);
  return only;
}

function pathOf({ Metadata }: Resource): string {
  const path = Metadata?.["aws:cdk:path"];
  const [, ...inside] = typeof path === "string" ? path.split("/") : [];
  return inside.join("/").replace(/\/(?:Resource|Default)$/, "");
}

/** Our functions by the name of their folder, without those that the CDK adds. */
export function functions({ data, app }: Synthesised): Map<string, Found> {
  const all = [data, app].flatMap((template) => resources(template, "AWS::Lambda::Function"));
  const ours = all.filter(({ path }) => path.endsWith("/Function"));
  return new Map(ours.map((one) => [variables(one)["POWERTOOLS_SERVICE_NAME"] as string, one]));
}

export function variables({ Properties }: Resource): Readonly<Record<string, unknown>> {
  return (Properties["Environment"] as { Variables: Record<string, unknown> } | undefined)?.Variables ?? {};
}

/** The logical id that a `Ref` or `Fn::GetAtt` names, or null. */
export function referred(value: unknown): string | null {
  const { Ref, "Fn::GetAtt": attribute } = value as { Ref?: string; "Fn::GetAtt"?: string[] };
  return Ref ?? attribute?.[0] ?? null;
}

/** A property that is one value or a list of them, as a list. */
export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

import type { createDocument, ZodOpenApiOverride } from "zod-openapi";
import { examples, schemaExamples, type OperationExample } from "./openapi-examples.ts";

export type OpenApiDocument = ReturnType<typeof createDocument>;
type PathItemObject = NonNullable<OpenApiDocument["paths"]>[string];
type OperationObject = NonNullable<PathItemObject["get"]>;

/**
 * An example where it can stand. The rules for Dutch government interfaces take whatever is called something
 * with "post", "put" or "patch" under a path for an operation, so a postal code cannot be shown there; the
 * schema of its object shows it instead.
 */
export function exampleAt(example: unknown): { example?: unknown } {
  return /"[^"]*(?:post|put|patch)[^"]*":/.test(JSON.stringify(example)) ? {} : { example };
}

/** Patterns with Unicode properties need a flag that JSON Schema does not have; `info` describes them. */
export const withoutUnicodePatterns: ZodOpenApiOverride = ({ jsonSchema }) => {
  const needsFlag = (pattern: string | undefined) => /\\[pu]\{/i.test(pattern ?? "");
  if (needsFlag(jsonSchema.pattern)) delete jsonSchema.pattern;
  const others = jsonSchema.allOf?.filter((part) => !needsFlag(part.pattern)) ?? [];
  if (others.length > 0) jsonSchema.allOf = others;
  else delete jsonSchema.allOf;
};

/** Adds an example to each field of the named schemas and each parameter of a path. */
export function withFieldExamples(document: OpenApiDocument): OpenApiDocument {
  for (const [id, example] of Object.entries(schemaExamples)) {
    const schema = document.components?.schemas?.[id] ?? {};
    const fields = Object.entries("properties" in schema ? (schema.properties ?? {}) : {});
    for (const [name, field] of fields) {
      const value: unknown = (example as Readonly<Record<string, unknown>>)[name] ?? null;
      if (value !== null && !("$ref" in field)) Object.assign(field, { examples: [value] });
    }
  }
  for (const { operationId, parameters = [] } of Object.values(document.paths ?? {}).flatMap(operationsAt)) {
    const example = (examples as Readonly<Record<string, OperationExample>>)[operationId ?? ""];
    const values = example?.params as Readonly<Record<string, unknown>> | undefined;
    for (const parameter of parameters) {
      if ("name" in parameter && values?.[parameter.name] !== undefined) {
        parameter.example = values[parameter.name];
      }
    }
  }
  return document;
}

function operationsAt(item: PathItemObject): OperationObject[] {
  return [item.get, item.post, item.put, item.patch, item.delete].filter((one) => one !== undefined);
}

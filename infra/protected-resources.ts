import { CfnUserPool } from "aws-cdk-lib/aws-cognito";
import { CfnTable } from "aws-cdk-lib/aws-dynamodb";
import { CfnResource, type Stack } from "aws-cdk-lib";

/**
 * The logical ids of tables and user pool, and their properties that cannot be changed, as they were first deployed in
 * every stage. If one of them changed, CloudFormation would make a new, empty resource in place of the old.
 */
export const pinned: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  TablesPorteroE8CDFB85: {
    KeySchema: key("PK", "SK"),
    AttributeDefinitions: types({ PK: "S", SK: "S", c: "N" }),
    LocalSecondaryIndexes: [
      { IndexName: "changed", KeySchema: key("PK", "c"), Projection: { ProjectionType: "ALL" } },
    ],
  },
  TablesPorteroAudit00978CF2: {
    KeySchema: key("PK", "SK"),
    AttributeDefinitions: types({ PK: "S", SK: "S" }),
  },
  UserPoolDAD9161D: {
    UsernameConfiguration: { CaseSensitive: false },
    Schema: [{ AttributeDataType: "String", Mutable: false, Name: "organisationId" }],
  },
};

function key(partition: string, sort: string) {
  return [
    { AttributeName: partition, KeyType: "HASH" },
    { AttributeName: sort, KeyType: "RANGE" },
  ];
}

function types(byName: Readonly<Record<string, "S" | "N">>) {
  return Object.entries(byName).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

/** The types of a table's keys: changing one replaces the table, adding one for an index does not. */
const attributeTypes = "AttributeDefinitions";

/** Properties whose change replaces a resource, by its type (CloudFormation: "Update requires: Replacement"). */
const replacing: Readonly<Record<string, readonly string[]>> = {
  [CfnTable.CFN_RESOURCE_TYPE_NAME]: [
    "TableName",
    "KeySchema",
    attributeTypes,
    "LocalSecondaryIndexes",
    "ImportSourceSpecification",
  ],
  [CfnUserPool.CFN_RESOURCE_TYPE_NAME]: [
    "UsernameConfiguration",
    "UsernameAttributes",
    "AliasAttributes",
    "Schema",
  ],
};

/** A deployment would replace resources that hold data with empty ones. */
export class DataWouldBeReplaced extends Error {
  override readonly name = "DataWouldBeReplaced";
}

/**
 * @throws DataWouldBeReplaced with a sentence for each table or user pool that a deployment would replace, delete or add
 */
export function requireSameData(stack: Stack): void {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const resource of stack.node.findAll()) {
    if (!CfnResource.isCfnResource(resource)) continue;
    const properties = replacing[resource.cfnResourceType];
    if (properties) found.set(stack.resolve(resource.logicalId) as string, held(stack, resource, properties));
  }
  const sentences = [
    ...Object.keys(pinned)
      .filter((id) => !found.has(id))
      .map((id) => `${id}: is gone, and its data with it.`),
    ...[...found].flatMap(([id, properties]) => {
      const before = pinned[id];
      if (!before) return [`${id}: is new; add it to infra/protected-resources.ts.`];
      return isKept(before, properties)
        ? []
        : [`${id}: would be replaced by an empty one, since what cannot be changed in it was changed.`];
    }),
  ];
  if (sentences.length > 0) throw new DataWouldBeReplaced(sentences.join("\n"));
}

function isKept(
  before: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>>,
): boolean {
  const { [attributeTypes]: typesBefore = [], ...othersBefore } = before;
  const { [attributeTypes]: types = [], ...others } = properties;
  const now = (types as unknown[]).map((one) => JSON.stringify(one));
  const sameTypes = (typesBefore as unknown[]).every((one) => now.includes(JSON.stringify(one)));
  return sameTypes && JSON.stringify(othersBefore) === JSON.stringify(others);
}

function held(stack: Stack, resource: CfnResource, names: readonly string[]): Record<string, unknown> {
  const rendered = stack.resolve(resource._toCloudFormation()) as {
    Resources: Record<string, { Properties?: Record<string, unknown> }>;
  };
  const [{ Properties = {} } = {}] = Object.values(rendered.Resources);
  const entries = names.flatMap((name) => (name in Properties ? [[name, Properties[name]] as const] : []));
  return Object.fromEntries(entries);
}

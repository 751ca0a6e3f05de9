import * as z from "zod/mini";
import { functionNameIn } from "../lambda/lambda-pool.ts";

/** One action that a call needs, as IAM judges it. */
export interface NeededAction {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of the resource. */
  readonly resource: string;
  /** Values of `dynamodb:LeadingKeys`: the partition keys that the call names. */
  readonly leadingKeys?: readonly string[];
}

/** A call of a function to a service, as it goes over the wire. */
export interface ServiceCall {
  readonly service: "dynamodb" | "cognito" | "ses" | "lambda";
  /** The path below the service's address. */
  readonly path: string;
  /** The header X-Amz-Target; empty for services without it. */
  readonly target: string;
  readonly body: string;
}

/** The names that turn a call's resources into ARNs. */
export interface ArnParts {
  readonly region: string;
  readonly account: string;
  /** The name of the partition key, by table, or by `table/index`. */
  readonly partitionKeys: Readonly<Record<string, string>>;
}

/**
 * The actions that a call needs. A batch or transaction is taken apart, as DynamoDB does: its parts need the rights of
 * the operations that they are ("Using IAM with DynamoDB transactions", Amazon DynamoDB Developer Guide).
 * @throws Error for an operation that the guard does not know, so that nothing passes unjudged
 */
export function neededActions(call: ServiceCall, parts: ArnParts): readonly NeededAction[] {
  switch (call.service) {
    case "dynamodb":
      return dynamodbActions(operationOf(call), JSON.parse(call.body), parts);
    case "cognito":
      return cognitoActions(operationOf(call), JSON.parse(call.body), parts);
    case "ses":
      return sesActions(new URLSearchParams(call.body), parts);
    case "lambda":
      return lambdaActions(call.path, parts);
  }
}

const operationOf = ({ target }: ServiceCall) => target.split(".")[1] ?? "";

const attributeValue = z.record(z.string(), z.string());
const key = z.record(z.string(), z.unknown());
const tableName = z.string();
const oneItem = z.looseObject({ TableName: tableName, Key: z.optional(key), Item: z.optional(key) });
const query = z.looseObject({
  TableName: tableName,
  IndexName: z.optional(z.string()),
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z.optional(z.record(z.string(), z.string())),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()),
});
const batchGet = z.looseObject({ RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(key) })) });
const batchWrite = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.looseObject({
        PutRequest: z.optional(z.looseObject({ Item: key })),
        DeleteRequest: z.optional(z.looseObject({ Key: key })),
      }),
    ),
  ),
});
const transaction = z.looseObject({ TransactItems: z.array(z.record(z.string(), oneItem)) });

/** The operation that a part of a transaction is. */
const partOperations: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

function dynamodbActions(operation: string, body: unknown, parts: ArnParts): NeededAction[] {
  switch (operation) {
    case "GetItem":
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return together([itemAction(operation, oneItem.parse(body), parts)]);
    case "Query":
      return [queryAction(query.parse(body), parts)];
    case "Scan":
      return [{ action: "dynamodb:Scan", resource: tableArn(oneItem.parse(body).TableName, parts) }];
    case "BatchGetItem":
      return Object.entries(batchGet.parse(body).RequestItems).map(([table, { Keys }]) => ({
        action: "dynamodb:BatchGetItem",
        resource: tableArn(table, parts),
        leadingKeys: Keys.map((one) => leadingKey(table, one, parts)),
      }));
    case "BatchWriteItem":
      return Object.entries(batchWrite.parse(body).RequestItems).map(([table, requests]) => ({
        action: "dynamodb:BatchWriteItem",
        resource: tableArn(table, parts),
        leadingKeys: requests.map(({ PutRequest, DeleteRequest }) =>
          leadingKey(table, PutRequest?.Item ?? DeleteRequest?.Key ?? {}, parts),
        ),
      }));
    case "TransactWriteItems":
    case "TransactGetItems":
      return together(
        transaction
          .parse(body)
          .TransactItems.flatMap((part) =>
            Object.entries(part).map(([kind, item]) => itemAction(partOperations[kind] ?? kind, item, parts)),
          ),
      );
    default:
      throw new Error(`The guard does not know the operation ${operation} of DynamoDB`);
  }
}

function itemAction(
  operation: string,
  { TableName, Key, Item }: z.infer<typeof oneItem>,
  parts: ArnParts,
): NeededAction {
  const leadingKeys = [leadingKey(TableName, Key ?? Item ?? {}, parts)];
  return { action: `dynamodb:${operation}`, resource: tableArn(TableName, parts), leadingKeys };
}

function queryAction(request: z.infer<typeof query>, parts: ArnParts): NeededAction {
  const { TableName, IndexName, KeyConditionExpression, ExpressionAttributeNames = {} } = request;
  const base = tableArn(TableName, parts);
  const name = tableOf(TableName);
  const partitionKey = partitionKeyOf(IndexName === undefined ? name : `${name}/${IndexName}`, parts);
  const conditions = KeyConditionExpression.split(/\s+AND\s+/i);
  const values = conditions.flatMap((condition) => {
    const [, attribute = "", value = ""] =
      /^\(?\s*(#?[\w.]+)\s*=\s*(:\w+)\s*\)?$/.exec(condition.trim()) ?? [];
    const isPartitionKey = (ExpressionAttributeNames[attribute] ?? attribute) === partitionKey;
    return isPartitionKey ? [textOf(request.ExpressionAttributeValues[value])] : [];
  });
  if (values.length !== 1) throw new Error(`The guard finds no partition key in ${KeyConditionExpression}`);
  return {
    action: "dynamodb:Query",
    resource: IndexName === undefined ? base : `${base}/index/${IndexName}`,
    leadingKeys: values,
  };
}

/** Joins the parts of a transaction that need the same action on the same table. */
function together(actions: readonly NeededAction[]): NeededAction[] {
  const joined = new Map<string, NeededAction>();
  for (const one of actions) {
    const id = `${one.action} ${one.resource}`;
    const leadingKeys = [...(joined.get(id)?.leadingKeys ?? []), ...(one.leadingKeys ?? [])];
    joined.set(id, { ...one, leadingKeys });
  }
  return [...joined.values()];
}

const tableOf = (nameOrArn: string) => nameOrArn.split("/").at(-1) ?? "";

function tableArn(nameOrArn: string, { region, account }: ArnParts): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${tableOf(nameOrArn)}`;
}

function partitionKeyOf(table: string, { partitionKeys }: ArnParts): string {
  const found = partitionKeys[table];
  if (found === undefined) throw new Error(`The guard does not know the table or index ${table}`);
  return found;
}

function leadingKey(table: string, item: Readonly<Record<string, unknown>>, parts: ArnParts): string {
  return textOf(item[partitionKeyOf(tableOf(table), parts)]);
}

/** The text of an attribute value of type S. @throws Error for any other type */
function textOf(value: unknown): string {
  const text = attributeValue.parse(value)["S"];
  if (text === undefined) throw new Error("The guard expects partition keys to be text");
  return text;
}

const ofUserPool = z.looseObject({ UserPoolId: z.string() });

function cognitoActions(operation: string, body: unknown, { region, account }: ArnParts): NeededAction[] {
  const { UserPoolId } = ofUserPool.parse(body);
  const resource = `arn:aws:cognito-idp:${region}:${account}:userpool/${UserPoolId}`;
  return [{ action: `cognito-idp:${operation}`, resource }];
}

/** A mail needs the right to its sender's domain and to its configuration set (Amazon SES Developer Guide). */
function sesActions(form: URLSearchParams, { region, account }: ArnParts): NeededAction[] {
  const operation = form.get("Action") ?? "";
  if (operation !== "SendEmail" && operation !== "SendRawEmail")
    throw new Error(`The guard does not know the operation ${operation} of SES`);
  const domain = /@([^@>\s]+)>?\s*$/.exec(form.get("Source") ?? "")?.[1];
  if (domain === undefined) throw new Error("The guard finds no sender in a mail");
  const arn = `arn:aws:ses:${region}:${account}`;
  const configurationSet = form.get("ConfigurationSetName");
  const resources = [
    `${arn}:identity/${domain.toLowerCase()}`,
    ...(configurationSet === null ? [] : [`${arn}:configuration-set/${configurationSet}`]),
  ];
  return resources.map((resource) => ({ action: `ses:${operation}`, resource }));
}

function lambdaActions(path: string, { region, account }: ArnParts): NeededAction[] {
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (name === undefined) throw new Error(`The guard does not know the call ${path} of Lambda`);
  const ofFunction = functionNameIn(decodeURIComponent(name));
  return [
    {
      action: "lambda:InvokeFunction",
      resource: `arn:aws:lambda:${region}:${account}:function:${ofFunction}`,
    },
  ];
}

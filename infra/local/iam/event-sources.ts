import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import { functionNameIn } from "../lambda/lambda-pool.ts";
import type { Catalogue } from "../template/catalogue.ts";
import type { NeededAction } from "./service-calls.ts";

const onFailure = z.optional(z.looseObject({ OnFailure: z.looseObject({ Destination: z.string() }) }));
const Mapping = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  DestinationConfig: onFailure,
});
const InvokeConfig = z.looseObject({ FunctionName: z.string(), DestinationConfig: onFailure });

/** Lambda reads a stream with these, in the role of the function ("Using AWS Lambda with Amazon DynamoDB"). */
const streamActions = ["DescribeStream", "GetRecords", "GetShardIterator"].map((name) => `dynamodb:${name}`);

/** Lambda itself acts in the role of a function: it reads its stream, and sends failed events to its queue. */
function neededByLambda(catalogue: Catalogue): { functionId: string; needed: NeededAction }[] {
  const idOf = new Map(
    catalogue.ofType("AWS::Lambda::Function").map((one) => [catalogue.nameOf(one), one.logicalId]),
  );
  const functionId = (name: string) => idOf.get(functionNameIn(name)) ?? name;
  const streams = catalogue
    .ofType("AWS::Lambda::EventSourceMapping")
    .map((found) => catalogue.parse(found, Mapping))
    .flatMap(({ EventSourceArn, FunctionName, DestinationConfig }) => {
      const reads = streamActions.map((action) => ({ action, resource: EventSourceArn }));
      const lists = { action: "dynamodb:ListStreams", resource: "*" };
      const all = [...reads, lists, ...sends(DestinationConfig)];
      return all.map((needed) => ({ functionId: functionId(FunctionName), needed }));
    });
  const events = catalogue
    .ofType("AWS::Lambda::EventInvokeConfig")
    .map((found) => catalogue.parse(found, InvokeConfig))
    .flatMap(({ FunctionName, DestinationConfig }) =>
      sends(DestinationConfig).map((needed) => ({ functionId: functionId(FunctionName), needed })),
    );
  return [...streams, ...events];
}

function sends(config: z.infer<typeof onFailure>): NeededAction[] {
  return config ? [{ action: "sqs:SendMessage", resource: config.OnFailure.Destination }] : [];
}

/**
 * Refuses what CloudFormation refuses at deployment: a function whose role cannot read its stream.
 * @param mayDo judges an action, and counts it as used
 * @throws HostError naming the function and the action
 */
export async function requireEventSourceRights(
  catalogue: Catalogue,
  mayDo: (functionId: string, needed: NeededAction) => Promise<boolean>,
): Promise<void> {
  for (const { functionId, needed } of neededByLambda(catalogue)) {
    if (!(await mayDo(functionId, needed)))
      throw new HostError(`The role of ${functionId} does not allow ${needed.action} on ${needed.resource}.`);
  }
}

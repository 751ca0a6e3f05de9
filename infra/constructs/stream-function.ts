import { Duration, Validations } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping, FilterCriteria, StartingPosition } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { partitionKey } from "../../shared/dynamodb/keys.ts";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";
import { DeadLetters } from "./dead-letters.ts";

export interface StreamFunctionProps extends BundledFunctionProps {
  readonly source: Table;
  /** The function is called for new items whose partition key begins with this. */
  readonly prefix: string;
}

/** DynamoDB keeps the records of a stream this long. */
const streamMemory = Duration.hours(24);

/** A function that is called for new items of a table, and again until it has handled each of them. */
export class StreamFunction extends BundledFunction {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { source, prefix, ...props }: StreamFunctionProps) {
    super(scope, id, props);
    this.deadLetters = new DeadLetters(this, "DeadLetters");
    this.#readStream(source);
    this.allow(["sqs:SendMessage"], [this.deadLetters.queue.queueArn]);
    this.#map(source, prefix);
    Validations.of(this.function).acknowledge({
      id: "Serverless-LambdaDLQ",
      reason: "The event source mapping sends what was given up on to the dead-letter queue.",
    });
  }

  #readStream(source: Table): void {
    const stream = source.tableStreamArn ?? "";
    this.allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], [stream]);
    this.allow(["dynamodb:ListStreams"], ["*"]);
    Validations.of(this.function.role ?? this.function).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "Listing streams, which an event source mapping asks for, knows no resources either.",
    });
  }

  #map(source: Table, prefix: string): void {
    const { queueArn } = this.deadLetters.queue;
    const mapping = new EventSourceMapping(this, "Mapping", {
      target: this.function,
      eventSourceArn: source.tableStreamArn ?? "",
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        FilterCriteria.filter({
          eventName: ["INSERT"],
          dynamodb: { Keys: { [partitionKey]: { S: [{ prefix }] } } },
        }),
      ],
      batchSize: 10,
      // For each shard of the stream, of which an empty table on demand has four: 8 containers at once.
      parallelizationFactor: 2,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge: streamMemory,
      onFailure: { bind: () => ({ destination: queueArn }) },
    });
    mapping.node.addDependency(this.function.role ?? this.function);
  }
}

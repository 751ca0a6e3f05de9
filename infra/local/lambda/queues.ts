import { appendFile } from "node:fs/promises";
import type { Catalogue } from "../template/catalogue.ts";
import type { State } from "../state.ts";

/** Stands in for SQS, of which the app uses no more than the place where failed work ends up. */
export class Queues {
  readonly #files: Map<string, string>;

  constructor(catalogue: Catalogue, state: State) {
    this.#files = new Map(
      catalogue
        .ofType("AWS::SQS::Queue")
        .map((queue) => [
          catalogue.attributeOf(queue, "Arn"),
          state.path("queues", `${queue.logicalId}.jsonl`),
        ]),
    );
  }

  /** Appends the message as a line of JSON to the queue's file. */
  async send(queueArn: string, message: unknown): Promise<void> {
    const file = this.#files.get(queueArn);
    if (file === undefined) throw new Error(`${queueArn} is no queue of the templates`);
    await appendFile(file, `${JSON.stringify(message)}\n`);
  }
}

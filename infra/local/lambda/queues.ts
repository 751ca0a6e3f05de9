import { appendFile } from "node:fs/promises";
import type { State } from "../state.ts";
import type { Catalogue } from "../template/catalogue.ts";

/** Stands in for SQS, which the app uses only for dead letters. */
export class Queues {
  readonly #files: Map<string, string>;

  constructor(catalogue: Catalogue, state: State) {
    const queues = catalogue.ofType("AWS::SQS::Queue");
    this.#files = new Map(
      queues.map((queue) => [
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

import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { operationOf, type ServiceAnswer, type ServiceCall } from "../../support/service-proxy.ts";
import { selfSignedCertificate } from "./certificate.ts";

type Question = Pick<ServiceCall, "operation" | "body"> & { readonly service: string };

/** A call of a function, with what the service answered. */
export interface RecordedCall extends Question {
  readonly answer: ServiceAnswer;
}

/** Headers that belong to the connection on which an answer first came. */
const ofTheConnection = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/**
 * Answers at once what services answered before, to any number of processes that each ask the same again. It
 * speaks TLS as AWS does, because the SDK loads other modules for plain HTTP.
 */
export class RecordedServices {
  readonly #recordings = new Map<string, readonly RecordedCall[]>();
  /** The calls that are still to come, by process. */
  readonly #left = new Map<string, RecordedCall[]>();
  #runs = 0;
  readonly #server = createServer(selfSignedCertificate(), (incoming, response) => {
    this.#answer(incoming, response).catch(() => response.destroy());
  });

  static async start(): Promise<RecordedServices> {
    const services = new RecordedServices();
    await once(services.#server.listen(0, "127.0.0.1"), "listening");
    return services;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** @param name of the function that asked */
  record(name: string, calls: readonly RecordedCall[]): void {
    this.#recordings.set(name, calls);
  }

  /**
   * Makes everything that was recorded available once more.
   * @returns gives the address of each service for the new process
   */
  newRun(name: string): (service: string) => string {
    this.#runs += 1;
    const run = `${name}/${this.#runs}`;
    this.#left.set(run, [...(this.#recordings.get(name) ?? [])]);
    const { port } = this.#server.address() as AddressInfo;
    return (service) => `https://127.0.0.1:${port}/${run}/${service}`;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = "", run = "", service = ""] = (incoming.url ?? "").split("/");
    const body = (await buffer(incoming)).toString("utf8");
    const asked = { service, operation: operationOf(incoming, body), body };
    // The SDK asks again if an answer is late; the last one alike is right for that too.
    const answer = take(this.#left.get(`${name}/${run}`) ?? [], asked) ?? this.#last(name, asked);
    // No service answers so, and no function takes it for a success.
    if (!answer) return void response.writeHead(501).end();
    const headers = Object.entries(answer.headers).filter(([header]) => !ofTheConnection.has(header));
    response.writeHead(answer.status, {
      ...Object.fromEntries(headers),
      "content-length": answer.body.length,
    });
    response.end(answer.body);
  }

  #last(name: string, asked: Question): ServiceAnswer | undefined {
    return this.#recordings.get(name)?.findLast((one) => isAlike(one, asked))?.answer;
  }
}

const isAlike = (one: Question, other: Question) =>
  one.service === other.service && one.operation === other.operation;

/** Bodies with times and random ids differ from run to run, so their answers are taken in the order they came in. */
function take(left: RecordedCall[], asked: Question): ServiceAnswer | undefined {
  const same = left.findIndex((one) => isAlike(one, asked) && one.body === asked.body);
  const index = same >= 0 ? same : left.findIndex((one) => isAlike(one, asked));
  return index < 0 ? undefined : left.splice(index, 1)[0]?.answer;
}

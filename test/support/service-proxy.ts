import { once } from "node:events";
import {
  Agent,
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Detour } from "../../infra/local/lambda/function-settings.ts";

export type ServiceName = "dynamodb" | "cognito" | "ses";

/** A request of a function to a service; retries by the SDK are requests of their own. */
export interface ServiceCall {
  /** The function's folder. */
  readonly by: string;
  readonly service: ServiceName;
  /** The service's name for it: `TransactWriteItems`, `AdminInitiateAuth`, `SendEmail`. */
  readonly operation: string;
  readonly body: string;
  /** Tells execution environments apart: each keeps its own connections. */
  readonly connection: Socket;
  readUnits: number;
  writeUnits: number;
  /** The service's response; null if the request was not forwarded. */
  status: number | null;
  disturbance: Disturbance | null;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A fault to inject into a request. */
export type Disturbance =
  /** Respond with this instead of forwarding the request. */
  | { readonly kind: "refuse"; readonly status: number; readonly body: string }
  /** Forward the request, and lose the response. */
  | { readonly kind: "lose-answer"; readonly thenDies?: boolean }
  /** Break the connection before the request is forwarded. */
  | { readonly kind: "break" };

/** A proxy between the functions and the stand-ins for services: records every request, and injects faults. */
export class ServiceProxy {
  readonly calls: ServiceCall[] = [];
  /** Called before each request; null forwards it. */
  disturb: (call: ServiceCall) => Disturbance | null = () => null;
  /** Called for each response, before the function receives it. */
  answered: (call: ServiceCall, answer: ServiceAnswer) => void = () => undefined;
  readonly #upstream = new Map<string, string>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #server = createServer((incoming, response) => {
    this.#pass(incoming, response).catch(() => response.destroy());
  });

  static async start(): Promise<ServiceProxy> {
    const proxy = new ServiceProxy();
    await once(proxy.#server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#agent.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Gives each function its own addresses, so that its requests can be told from others. */
  readonly detour: Detour = (endpoints, variables) => {
    const by = variables["POWERTOOLS_SERVICE_NAME"] ?? "unknown";
    const { port } = this.#server.address() as AddressInfo;
    const through = (service: ServiceName, url: string) => {
      this.#upstream.set(service, url);
      return `http://127.0.0.1:${port}/${by}/${service}`;
    };
    return {
      ...endpoints,
      dynamodbUrl: through("dynamodb", endpoints.dynamodbUrl),
      cognitoUrl: through("cognito", endpoints.cognitoUrl),
      mailUrl: through("ses", endpoints.mailUrl),
    };
  };

  /** Does some work, and returns the requests that were made meanwhile. */
  async during<T>(work: () => Promise<T>): Promise<{ result: T; calls: ServiceCall[] }> {
    const from = this.calls.length;
    const result = await work();
    return { result, calls: this.calls.slice(from) };
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, by = "", service = "", ...rest] = (incoming.url ?? "").split("/");
    // A function opens its connection, which is no call (shared/runtime/open-connection.ts).
    if (incoming.method === "GET") return void response.writeHead(200).end("healthy");
    const sent = await buffer(incoming);
    const call = callOf(by, service as ServiceName, incoming, sent);
    this.calls.push(call);
    const disturbance = this.disturb(call);
    call.disturbance = disturbance;
    if (disturbance?.kind === "break") return void response.destroy();
    if (disturbance?.kind === "refuse") {
      const type = call.service === "ses" ? "text/xml" : "application/x-amz-json-1.1";
      response.writeHead(disturbance.status, { "Content-Type": type }).end(disturbance.body);
      return;
    }
    const body = call.service === "dynamodb" ? askingForCapacity(sent) : sent;
    const answer = await this.#ask(`/${rest.join("/")}`, incoming, call, body);
    call.status = answer.status;
    if (call.service === "dynamodb") countCapacity(call, answer.body);
    this.answered(call, answer);
    if (disturbance?.kind === "lose-answer") return void response.destroy();
    response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length });
    response.end(answer.body);
  }

  async #ask(
    path: string,
    incoming: IncomingMessage,
    { service }: ServiceCall,
    body: Buffer,
  ): Promise<ServiceAnswer> {
    const { hostname, port, pathname } = new URL(this.#upstream.get(service) ?? "");
    const { method, headers } = incoming;
    const kept = Object.entries(headers).filter(([name]) => name !== "transfer-encoding");
    const outgoing = request({
      hostname,
      port,
      path: pathname.replace(/\/$/, "") + path,
      method,
      agent: this.#agent,
      headers: { ...Object.fromEntries(kept), "content-length": body.length },
    });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
  }
}

function callOf(by: string, service: ServiceName, incoming: IncomingMessage, sent: Buffer): ServiceCall {
  const { socket: connection } = incoming;
  const body = sent.toString("utf8");
  const operation = operationOf(incoming, body);
  const unanswered = { readUnits: 0, writeUnits: 0, status: null, disturbance: null };
  return { by, service, operation, body, connection, ...unanswered };
}

/** The name of what a service is asked for, in either of the protocols in use. */
export function operationOf({ headers }: IncomingMessage, body: string): string {
  const target = String(headers["x-amz-target"] ?? "").split(".")[1];
  return target ?? new URLSearchParams(body).get("Action") ?? "";
}

function askingForCapacity(sent: Buffer): Buffer {
  const body = JSON.parse(sent.toString("utf8")) as object;
  return Buffer.from(JSON.stringify({ ...body, ReturnConsumedCapacity: "TOTAL" }));
}

interface Capacity {
  readonly CapacityUnits?: number;
}

function countCapacity(call: ServiceCall, answer: Buffer): void {
  const { ConsumedCapacity } = JSON.parse(answer.toString("utf8")) as {
    ConsumedCapacity?: Capacity | Capacity[];
  };
  const units = [ConsumedCapacity ?? []]
    .flat()
    .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  if (/^(?:Get|BatchGet|Query|Scan|TransactGet)/.test(call.operation)) call.readUnits = units;
  else call.writeUnits = units;
}

import { once } from "node:events";
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Endpoints } from "../lambda/function-settings.ts";
import { closeServer, listen } from "../ports.ts";
import type { Catalogue } from "../template/catalogue.ts";
import type { CurrentTroubles } from "../troubles/current-troubles.ts";
import { denial } from "./denial.ts";
import { requireEventSourceRights } from "./event-sources.ts";
import type { RolePolicies } from "./role-policies.ts";
import { neededActions, type ArnParts, type NeededAction, type ServiceCall } from "./service-calls.ts";

/** Judges calls once the templates are known. */
export interface GuardRules {
  readonly policies: RolePolicies;
  readonly parts: ArnParts;
  /** The stand-ins behind the guard. */
  readonly endpoints: Endpoints;
  readonly log: (line: string) => void;
}

/** The number of decisions since the start. */
export interface GuardFigures {
  decisions: number;
  denied: number;
  /** Uses that were allowed at least once, as `<function> <action> <resource>`. */
  readonly used: Set<string>;
  /** Everything that is allowed, in the same form; resources can have wildcards. */
  grants: readonly string[];
}

const services = {
  dynamodb: "dynamodbUrl",
  cognito: "cognitoUrl",
  ses: "mailUrl",
  lambda: "invokeUrl",
} as const;

/**
 * Stands between functions and the stand-ins for AWS: a call that the function's role does not allow is refused as AWS
 * refuses it. A call says by its access key which function makes it.
 */
export class Guard {
  readonly figures: GuardFigures = { decisions: 0, denied: 0, used: new Set(), grants: [] };
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #server = createServer((incoming, response) => {
    this.#pass(incoming, response).catch((error: unknown) => this.#fail(error, response));
  });
  readonly #troubles: CurrentTroubles;
  #port = 0;
  #rules: GuardRules | null = null;

  /** @param troubles what allowed calls meet at the services */
  constructor(troubles: CurrentTroubles) {
    this.#troubles = troubles;
  }

  async start(): Promise<void> {
    this.#port = await listen(this.#server, 0);
  }

  /** @throws HostError if Lambda may not read a function's stream in its role, or send to its queue */
  async judgeBy(rules: GuardRules, catalogue: Catalogue): Promise<void> {
    this.#rules = rules;
    this.figures.grants = rules.policies.grants();
    await requireEventSourceRights(catalogue, (functionId, needed) =>
      this.#mayDo(functionId, needed, rules.policies),
    );
  }

  /** The addresses at which functions reach the stand-ins. */
  endpoints(): Endpoints {
    const at = (service: keyof typeof services) => `http://127.0.0.1:${this.#port}/${service}`;
    return {
      dynamodbUrl: at("dynamodb"),
      cognitoUrl: at("cognito"),
      mailUrl: at("ses"),
      invokeUrl: at("lambda"),
    };
  }

  async stop(): Promise<void> {
    await closeServer(this.#server);
    this.#agent.destroy();
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const rules = this.#rules;
    const [, service = "", path = "/"] = /^\/(\w+)(\/.*)?$/.exec(incoming.url ?? "") ?? [];
    if (!rules || !isService(service)) return void response.writeHead(503).end();
    // A function opens its connection (shared/runtime/open-connection.ts); AWS answers this without looking at rights.
    if (incoming.method === "GET" && path === "/") return void response.writeHead(200).end("healthy");
    const sent = await buffer(incoming);
    const target = String(incoming.headers["x-amz-target"] ?? "");
    const call = { service, path, target, body: sent.toString("utf8") };
    const functionId = accessKeyOf(incoming);
    const missing = await this.#missing(functionId, call, rules);
    if (missing) {
      rules.log(explanation(functionId, missing));
      const { status, headers, body } = denial(service, missing, rules.policies.principalOf(functionId));
      return void response.writeHead(status, headers).end(body);
    }
    const met = this.#troubles.of({ ...call, functionId });
    if (met?.kind === "hang") return;
    if (met?.kind === "reset") return void incoming.socket.resetAndDestroy();
    if (met?.kind === "answer") return void response.writeHead(met.status, met.headers).end(met.body);
    if (met !== null) await delay(met.milliseconds);
    await this.#forward(incoming, response, { url: rules.endpoints[services[service]], path, sent });
  }

  /** A call that cannot be judged is not passed on. */
  #fail(error: unknown, response: ServerResponse): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isBrokenConnection(error)) this.#rules?.log(reason);
    if (response.headersSent || isBrokenConnection(error)) return void response.destroy();
    response.writeHead(501, { "Content-Type": "text/plain" }).end(reason);
  }

  /** The first action that a call needs and may not do; null if it may do them all. */
  async #missing(
    functionId: string,
    call: ServiceCall,
    { policies, parts }: GuardRules,
  ): Promise<NeededAction | null> {
    for (const needed of neededActions(call, parts))
      if (!(await this.#mayDo(functionId, needed, policies))) return needed;
    return null;
  }

  async #mayDo(functionId: string, needed: NeededAction, policies: RolePolicies): Promise<boolean> {
    this.figures.decisions += 1;
    const allowed = await policies.allows(functionId, needed);
    if (allowed) this.figures.used.add(`${functionId} ${needed.action} ${needed.resource}`);
    else this.figures.denied += 1;
    return allowed;
  }

  async #forward(
    incoming: IncomingMessage,
    response: ServerResponse,
    { url, path, sent }: { url: string; path: string; sent: Buffer },
  ): Promise<void> {
    const { hostname, port } = new URL(url);
    const { method, headers } = incoming;
    const outgoing = request({
      hostname,
      port,
      path,
      method,
      agent: this.#agent,
      headers: plain(headers, sent),
    });
    response.on("close", () => outgoing.destroy());
    outgoing.end(sent);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  }
}

const isService = (text: string): text is keyof typeof services => text in services;

/** The stand-in, or a test's proxy in front of the guard, broke the connection: that is no fault of the call. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

/** The access key in the header of an AWS signature. */
function accessKeyOf({ headers }: IncomingMessage): string {
  return /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "unknown";
}

/** The stand-ins know one access key: DynamoDB Local keeps the tables of each one apart. */
function plain(headers: IncomingMessage["headers"], sent: Buffer) {
  const authorization = headers.authorization?.replace(/Credential=[^/]+\//, "Credential=local/");
  const kept = Object.entries(headers).filter(([name]) => name !== "transfer-encoding");
  return {
    ...Object.fromEntries(kept),
    ...(authorization !== undefined && { authorization }),
    "content-length": sent.length,
  };
}

function explanation(functionId: string, { action, resource, leadingKeys = [] }: NeededAction): string {
  const keys =
    leadingKeys.length > 0 ? ` (partition ${[...new Set(leadingKeys.map(kindOf))].join(", ")})` : "";
  const statement = JSON.stringify({ Effect: "Allow", Action: action, Resource: resource });
  return `${functionId} was refused ${action} on ${resource}${keys}. Its role has no statement such as ${statement}`;
}

/** The beginning of a key, which tells its kind and nobody's name. */
const kindOf = (key: string) => `${key.split("#")[0] ?? ""}#…`;

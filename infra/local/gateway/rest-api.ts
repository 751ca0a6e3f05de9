import {
  type IncomingMessage,
  STATUS_CODES,
  type Server,
  type ServerResponse,
  createServer,
} from "node:http";
import type { Duplex } from "node:stream";
import * as z from "zod/mini";
import { readDocument } from "./api-document.ts";
import { type Authorize, readAuthorizers } from "./authorizer.ts";
import { type Catalogue, type Found, restApiId } from "../template/catalogue.ts";
import { type Answer, GatewayRefusal, GatewayResponses } from "./gateway-responses.ts";
import { HostError, messageOf } from "../host-error.ts";
import type { LambdaPool } from "../lambda/lambda-pool.ts";
import { acceptsBytes, isBinaryType, proxyAnswer } from "./proxy-answer.ts";
import { type Gateway, type GatewayRequest, proxyEvent, readHead } from "./proxy-event.ts";
import { type Method, RestRoutes } from "./rest-routes.ts";

/** API Gateway's limit, in bytes. */
const longestBody = 10 * 1024 * 1024;
/** Lambda's limit, in bytes. */
const longestEvent = 6 * 1024 * 1024;
/** API Gateway's limit, in milliseconds. */
const integrationTimeout = 29_000;

const StageProperties = z.looseObject({ DeploymentId: z.string() });

/** Stands in for the REST API of the templates. */
export class RestApi {
  readonly #routes: RestRoutes;
  readonly #responses: GatewayResponses;
  readonly #gateway: Gateway;
  readonly #binaryMediaTypes: string[];
  readonly #authorizers: Map<string, Authorize>;
  readonly #pool: LambdaPool;

  private constructor(catalogue: Catalogue, api: Found, pool: LambdaPool, cognitoUrl: string) {
    const document = readDocument(catalogue, api);
    this.#routes = new RestRoutes(document.paths);
    this.#responses = new GatewayResponses(document["x-amazon-apigateway-gateway-responses"]);
    this.#gateway = readGateway(catalogue, api);
    this.#binaryMediaTypes = document["x-amazon-apigateway-binary-media-types"];
    this.#authorizers = readAuthorizers(catalogue, document.components, cognitoUrl);
    this.#pool = pool;
  }

  /** @throws HostError if the templates do not have exactly one API, or parts of it are not supported here */
  static read(catalogue: Catalogue, pool: LambdaPool, cognitoUrl: string): RestApi {
    const [api, ...others] = catalogue.ofType("AWS::ApiGateway::RestApi");
    if (!api || others.length > 0) throw new HostError("The local host supports exactly one REST API.");
    return new RestApi(catalogue, api, pool, cognitoUrl);
  }

  /** Answers every request; never rejects. */
  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = readHead(incoming, this.#gateway);
    try {
      send(response, await this.#answer(incoming, request), request);
    } catch (error) {
      const unforeseen = new GatewayRefusal("DEFAULT_5XX", "Internal server error", 502);
      const refusal = error instanceof GatewayRefusal ? error : unforeseen;
      if (refusal === unforeseen)
        console.error(`The gateway failed on ${request.httpMethod} request: ${messageOf(error)}`);
      if (!response.headersSent) send(response, this.#responses.render(refusal, request.context), request);
      else response.destroy();
    }
    incoming.resume();
  }

  /** Answers a request that Node cannot parse, in the same form as other refusals. */
  refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
    if (!socket.writable) return;
    const tooLong = error.code === "HPE_HEADER_OVERFLOW";
    const refusal = new GatewayRefusal(
      "DEFAULT_4XX",
      tooLong ? "Request header too long" : "Bad request",
      tooLong ? 431 : 400,
    );
    const { status, headers, body } = this.#responses.render(refusal, { path: "", requestId: "" });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${body.length}`,
      "Connection: close",
    ];
    socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
  }

  async #answer(incoming: IncomingMessage, request: GatewayRequest): Promise<Answer> {
    if (!isDecodable(request.path) || !isDecodable(request.query))
      throw new GatewayRefusal("DEFAULT_4XX", "Bad request", 400);
    const match = this.#routes.match(request.httpMethod, request.path);
    if (!match) throw new GatewayRefusal("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
    const claims = await this.#authorize(match.method, request);
    const body = await readBody(incoming);
    const isBinary = isBinaryType(incoming.headers["content-type"], this.#binaryMediaTypes);
    const event = JSON.stringify(proxyEvent({ request, match, body, isBinary, claims }));
    if (Buffer.byteLength(event) > longestEvent)
      throw new GatewayRefusal("REQUEST_TOO_LARGE", "Request Too Long");
    const decodes = acceptsBytes(incoming.headers.accept, this.#binaryMediaTypes);
    return proxyAnswer(await inTime(this.#pool.invoke(match.method.functionArn, event)), decodes);
  }

  async #authorize({ authorizer }: Method, request: GatewayRequest): Promise<Record<string, string> | null> {
    if (authorizer === null) return null;
    const authorize = this.#authorizers.get(authorizer);
    if (!authorize) throw new GatewayRefusal("AUTHORIZER_CONFIGURATION_ERROR", "Internal server error");
    return await authorize(request);
  }
}

/** Creates the server, which can take its port early: it answers 503 until it has an API to serve. */
export function createRestServer(): { server: Server; serve: (api: RestApi) => void } {
  let api: RestApi | null = null;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (api) void api.serve(request, response);
    else
      response
        .writeHead(503, { "Retry-After": "1", "Content-Type": "text/plain" })
        .end("The local host is starting.\n");
  });
  server.on("clientError", (error, socket) => {
    if (api) api.refuseUnreadable(error, socket);
    else socket.destroy();
  });
  return { server, serve: (made) => (api = made) };
}

function readGateway(catalogue: Catalogue, api: Found): Gateway {
  const [stage, ...others] = catalogue.ofType("AWS::ApiGateway::Stage");
  if (!stage || others.length > 0)
    throw new HostError(`The local host supports a REST API with exactly one stage, unlike ${api.key}.`);
  return {
    apiId: restApiId(api.key),
    accountId: api.stack.account,
    stage: catalogue.nameOf(stage),
    deploymentId: catalogue.parse(stage, StageProperties).DeploymentId,
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const tooLarge = new GatewayRefusal("REQUEST_TOO_LARGE", "Request Too Long");
  if (Number(incoming.headers["content-length"] ?? 0) > longestBody) throw tooLarge;
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving a `for await` loop early would close the connection before the answer is sent.
  return await new Promise((resolve, reject) => {
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestBody) reject(tooLarge);
      else chunks.push(chunk);
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
    incoming.on("error", () => reject(new GatewayRefusal("DEFAULT_4XX", "Bad request", 400)));
  });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise: timeUp, reject } = Promise.withResolvers<never>();
  const refusal = new GatewayRefusal("INTEGRATION_TIMEOUT", "Endpoint request timed out");
  const timer = setTimeout(() => reject(refusal), integrationTimeout);
  return await Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
}

function send(
  response: ServerResponse,
  { status, headers, body }: Answer,
  { context }: GatewayRequest,
): void {
  try {
    response.statusCode = status;
    for (const name of new Set(headers.map(([name]) => name.toLowerCase()))) {
      const same = headers.filter((header) => header[0].toLowerCase() === name);
      const [[original] = [name]] = same;
      response.setHeader(original, same.length === 1 ? (same[0]?.[1] ?? "") : same.map(([, value]) => value));
    }
    response.setHeader("x-amzn-RequestId", String(context["requestId"]));
    response.setHeader("x-amz-apigw-id", String(context["extendedRequestId"]));
    response.end(body);
  } catch {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    throw new GatewayRefusal("DEFAULT_5XX", "Internal server error", 502);
  }
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

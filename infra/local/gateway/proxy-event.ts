import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Match } from "./rest-routes.ts";

/** Headers of one connection, such as lengths, which API Gateway does not pass on. */
const withheld = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The REST API and stage that serve a request. */
export interface Gateway {
  apiId: string;
  accountId: string;
  stage: string;
  deploymentId: string;
}

/** The parts of a request that do not depend on its route. */
export interface GatewayRequest {
  httpMethod: string;
  /** Percent-encoded, without query, with one slash at its start. */
  path: string;
  query: string;
  headers: [name: string, value: string][];
  sourceIp: string;
  context: Record<string, unknown>;
}

/** Reads the request's head; the caller's address comes from the socket, since a header can be forged. */
export function readHead(request: IncomingMessage, gateway: Gateway): GatewayRequest {
  // A request through a proxy has the whole address; a fragment after "#" is not for servers.
  const target = (request.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "").split("#", 1)[0] ?? "";
  const mark = target.indexOf("?");
  const path = `/${encodeUnsafe(mark < 0 ? target : target.slice(0, mark)).replace(/^\/+/, "")}`;
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  const httpMethod = request.method ?? "GET";
  const headers = forwardedHeaders(request, sourceIp);
  const now = new Date();
  const host = request.headers.host ?? "";
  const context = {
    accountId: gateway.accountId,
    apiId: gateway.apiId,
    deploymentId: gateway.deploymentId,
    domainName: host,
    domainPrefix: host.split(/[.:]/, 1)[0] ?? "",
    extendedRequestId: `${randomBytes(11).toString("base64url")}=`,
    httpMethod,
    identity: { ...noIdentity, sourceIp, userAgent: request.headers["user-agent"] ?? null },
    path: `/${gateway.stage}${path}`,
    protocol: `HTTP/${request.httpVersion}`,
    requestId: randomUUID(),
    requestTime: requestTime(now),
    requestTimeEpoch: now.getTime(),
    stage: gateway.stage,
  };
  return { httpMethod, path, query: mark < 0 ? "" : target.slice(mark + 1), headers, sourceIp, context };
}

/** Encodes characters that Node accepts in a path, but that would break the JSON of an answer. */
function encodeUnsafe(path: string): string {
  return path.replaceAll(/["<>\\^`{|}]/g, encodeURIComponent);
}

const noIdentity = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

export interface ProxyEventParts {
  request: GatewayRequest;
  match: Match;
  body: Buffer;
  isBinary: boolean;
  claims: Record<string, string> | null;
}

/** The event that a REST API passes to a function (Lambda proxy integration, payload version 1.0). */
export function proxyEvent({ request, match, body, isBinary, claims }: ProxyEventParts): object {
  const { resourcePath } = match.method;
  const headers = multiple(request.headers, (name) => name.toLowerCase());
  const query = multiple([...new URLSearchParams(request.query)], (name) => name);
  return {
    resource: resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: last(headers),
    multiValueHeaders: headers,
    queryStringParameters: query && last(query),
    multiValueQueryStringParameters: query,
    pathParameters: match.pathParameters,
    stageVariables: null,
    requestContext: {
      resourceId: resourcePath,
      ...(claims && { authorizer: { claims } }),
      resourcePath,
      ...request.context,
    },
    body: body.length === 0 ? null : body.toString(isBinary ? "base64" : "utf8"),
    isBase64Encoded: isBinary && body.length > 0,
  };
}

function forwardedHeaders(request: IncomingMessage, sourceIp: string): [string, string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const [name = "", value = ""] = request.rawHeaders.slice(at, at + 2);
    if (!withheld.has(name.toLowerCase()) && !/^x-forwarded-(for|port|proto)$/i.test(name))
      headers.push([name, value]);
  }
  const before = request.headers["x-forwarded-for"];
  const trace = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
  if (!("x-amzn-trace-id" in request.headers)) headers.push(["X-Amzn-Trace-Id", trace]);
  headers.push(["X-Forwarded-For", [...(before === undefined ? [] : [before]), sourceIp].join(", ")]);
  headers.push(["X-Forwarded-Port", String(request.socket.localPort ?? 80)], ["X-Forwarded-Proto", "http"]);
  return headers;
}

/** All values by name, null if there are none; of names with the same key the first spelling is used. */
function multiple(
  pairs: [string, string][],
  keyOf: (name: string) => string,
): Record<string, string[]> | null {
  const values = new Map<string, [name: string, all: string[]]>();
  for (const [name, value] of pairs) {
    const entry = values.get(keyOf(name)) ?? [name, []];
    entry[1].push(value);
    values.set(keyOf(name), entry);
  }
  return values.size === 0 ? null : Object.fromEntries(values.values());
}

/** The last value of each name, which is what API Gateway takes for a single one. */
function last(values: Record<string, string[]> | null): Record<string, string> | null {
  return values && Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? ""]));
}

/** Formats a time like `09/Apr/2015:12:34:56 +0000`. */
function requestTime(at: Date): string {
  const [date = "", time = ""] = at.toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return `${day}/${months[Number(month) - 1] ?? ""}/${year}:${time.slice(0, 8)} +0000`;
}

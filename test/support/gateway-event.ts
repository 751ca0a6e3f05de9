import type { APIGatewayProxyEvent, Context } from "aws-lambda";

/** An event as API Gateway's REST API sends it to a function. */
export function gatewayEvent(parts: {
  method: string;
  path: string;
  resource?: string;
  headers?: Record<string, string>;
  /** Parameters that are given more than once are lists. */
  query?: Record<string, string | string[]>;
  params?: Record<string, string>;
  body?: string | Uint8Array | null;
  /** False: the body is passed as text, as by consoles. */
  base64?: boolean;
  claims?: Record<string, string>;
  sourceIp?: string;
}): APIGatewayProxyEvent {
  const headers = parts.headers ?? { "content-type": "application/json" };
  const query = parts.query ? Object.entries(parts.query) : null;
  const many = (values: [string, string | string[]][] | null) =>
    values && Object.fromEntries(values.map(([name, value]) => [name, [value].flat()]));
  const base64 = parts.base64 !== false && parts.body !== undefined && parts.body !== null;
  const last = query?.map(([name, value]) => [name, [value].flat().at(-1) ?? ""]);
  return {
    resource: parts.resource ?? parts.path,
    path: parts.path,
    httpMethod: parts.method,
    headers,
    multiValueHeaders: many(Object.entries(headers)) ?? {},
    queryStringParameters: last ? (Object.fromEntries(last) as Record<string, string>) : null,
    multiValueQueryStringParameters: many(query),
    pathParameters: parts.params ?? null,
    stageVariables: null,
    body:
      parts.body === undefined || parts.body === null
        ? null
        : Buffer.from(parts.body).toString(base64 ? "base64" : "utf8"),
    isBase64Encoded: base64,
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      httpMethod: parts.method,
      path: `/portero${parts.path}`,
      protocol: "HTTP/1.1",
      requestId: "00000000-0000-4000-8000-000000000000",
      requestTimeEpoch: 0,
      resourceId: "resource",
      resourcePath: parts.resource ?? parts.path,
      stage: "portero",
      authorizer: parts.claims ? { claims: parts.claims } : null,
      identity: {
        sourceIp: parts.sourceIp ?? "192.0.2.1",
        userAgent: "test",
      } as APIGatewayProxyEvent["requestContext"]["identity"],
    },
  };
}

export const lambdaContext = {
  awsRequestId: "request",
  functionName: "function",
  getRemainingTimeInMillis: () => 15_000,
} as Context;

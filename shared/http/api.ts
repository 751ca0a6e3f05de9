import middy, { type MiddlewareObj } from "@middy/core";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { DomainError } from "../domain/errors.ts";
import type { CsvFile, Operation, OperationAnswer, Operations } from "../operations/kit/operation.ts";
import type { Route } from "../operations/kit/route.ts";
import { pointer } from "../operations/kit/validation.ts";
import { logger, logRequestOf } from "../runtime/logging.ts";
import { logFailure } from "./log-failure.ts";
import { withDeadline } from "../runtime/service-calls.ts";
import { preferredLanguage, type Language } from "../texts/language.ts";
import type { Authenticate } from "./authentication.ts";
import { callOperation, type CallDependencies, type IncomingCall } from "./call-operation.ts";
import { answeringHead } from "./head-requests.ts";
import { prefersCsv } from "./media-types.ts";
import { problemOf, problemResponse } from "./problem-response.ts";
import { jsonText } from "./request-body.ts";
import { textBody } from "./text-body.ts";

type Event = APIGatewayProxyEvent;
type Result = APIGatewayProxyResult;
export type ApiHandler = (event: Event, context: Context) => Promise<Result>;

export interface ApiDependencies extends CallDependencies {
  /** Left out where all routes are open to anyone. */
  readonly authenticate?: Authenticate;
  /** The full version of the API, answered as `API-Version`. */
  readonly version: string;
}

/**
 * The handler of a function of the API: finds the route, calls its operation and answers. Every failure becomes a
 * problem; none leaves the function as an error.
 */
export function createApi<R extends Record<string, Route>>(
  routes: R,
  operations: Operations<R>,
  dependencies: ApiDependencies,
): ApiHandler {
  // TypeScript cannot express that each route goes with its own operation.
  const operationOf = operations as Readonly<Record<string, Operation<Route> | undefined>>;
  const table = Object.entries(routes).map(([name, route]) => ({
    method: route.method,
    path: route.path,
    handler: routeHandler(route, required(operationOf[name], name), dependencies),
  }));
  const router = httpRouter({
    routes: table,
    notFoundResponse: () => {
      throw new DomainError("not-found");
    },
  });
  const handler = middy<Event, Result>()
    .use(httpHeaderNormalizer())
    .use(finishResponses(dependencies.version))
    .handler(router);
  return withDeadline(
    answeringHead((event, context) => {
      logRequestOf(event);
      return handler(event, context);
    }),
  );
}

function required(operation: Operation<Route> | undefined, name: string): Operation<Route> {
  if (!operation) throw new Error(`Route ${name} has no operation`);
  return operation;
}

/** Turns errors into problems, adds the common headers, and logs every request. */
function finishResponses(version: string): MiddlewareObj<Event, Result> {
  const finish = (event: Event, result: Result): Result => {
    logRequest(event, result.statusCode);
    return withCommonHeaders(result, version);
  };
  return {
    after: (request) => {
      if (request.response) request.response = finish(request.event, request.response);
    },
    onError: (request) => {
      request.response = finish(request.event, refusal(request.event, request.error));
    },
  };
}

function routeHandler(route: Route, operation: Operation<Route>, dependencies: ApiDependencies) {
  return async (event: Event): Promise<Result> => {
    // The NL API Design Rules forbid a slash at the end, which the gateway and the router ignore.
    if (event.path.endsWith("/")) throw new DomainError("not-found");
    const call = incomingCall(event, route, dependencies);
    return successResponse(route, await callOperation(route, operation, call, dependencies));
  };
}

/** The header normaliser has turned header names into lower case. */
function incomingCall(event: Event, route: Route, { authenticate }: ApiDependencies): IncomingCall {
  return {
    authenticate: () => {
      if (!authenticate)
        throw new Error("A route that needs a caller stands in a function without authentication");
      return authenticate(event);
    },
    params: event.pathParameters ?? {},
    readQuery: () => readQuery(event),
    readBody: () => readBody(event, route),
    ifMatch: event.headers["if-match"],
    idempotencyKey: event.headers["idempotency-key"],
    wantsCsv: prefersCsv(event.headers["accept"]),
    language: languageOf(event),
    sourceAddress: event.requestContext.identity.sourceIp,
    requestId: event.requestContext.requestId,
  };
}

/** @throws invalid-request for a parameter that is given twice, since either value could be meant */
function readQuery(event: Event): IncomingCall["params"] {
  const given = Object.entries(event.multiValueQueryStringParameters ?? {});
  const repeated = given.filter(([, values]) => values !== undefined && values.length > 1);
  const errors = repeated.map(([name]) => ({ pointer: pointer([name], "query"), code: "repeated" }));
  if (errors.length > 0) throw new DomainError("invalid-request", { errors });
  return event.queryStringParameters ?? {};
}

const bodyParser = httpJsonBodyParser();

async function readBody(event: Event, { text, body }: Route): Promise<unknown> {
  if (text) return textBody(event, text);
  if (!body) return undefined;
  const decoded = { ...event, body: jsonText(event), isBase64Encoded: false };
  // The parser replaces the event's text by the parsed value.
  await bodyParser.before?.({ event: decoded } as Parameters<NonNullable<typeof bodyParser.before>>[0]);
  return decoded.body;
}

function successResponse(route: Route, response: OperationAnswer<Route>): Result {
  const body: unknown = response.body;
  if (isCsvFile(body)) return csvResponse(route, body, response.headers);
  if (body instanceof Uint8Array) return bytesResponse(route, body, response.headers);
  return {
    statusCode: route.success.status,
    headers: {
      ...(body !== null && { "Content-Type": "application/json; charset=utf-8" }),
      ...(route.success.alsoCsv && { Vary: "Accept" }),
      ...response.headers,
    },
    body: body === null ? "" : JSON.stringify(body),
  };
}

const isCsvFile = (body: unknown): body is CsvFile => body instanceof Object && "csv" in body;

function csvResponse(
  { success }: Route,
  { csv }: CsvFile,
  headers: OperationAnswer<Route>["headers"],
): Result {
  const type = { "Content-Type": "text/csv; charset=utf-8; header=present", Vary: "Accept, Accept-Language" };
  return { statusCode: success.status, headers: { ...type, ...headers }, body: csv };
}

/** The gateway turns base64 into bytes, whatever the caller accepts (infra/constructs/http-api.ts). */
function bytesResponse(
  { success }: Route,
  body: Uint8Array,
  headers: OperationAnswer<Route>["headers"],
): Result {
  return {
    statusCode: success.status,
    headers: { "Content-Type": success.mediaType ?? "application/octet-stream", ...headers },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
  };
}

function refusal(event: Event, error: unknown): Result {
  logFailure(error);
  const { requestId } = event.requestContext;
  return problemResponse(problemOf(error), { language: languageOf(event), requestId });
}

function languageOf(event: Event): Language {
  return preferredLanguage(event.headers["accept-language"]);
}

function withCommonHeaders(response: Result, version: string): Result {
  return {
    ...response,
    headers: {
      "API-Version": version,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
      ...response.headers,
    },
  };
}

function logRequest(event: Event, status: number): void {
  logger.info("request", { method: event.httpMethod, status });
}

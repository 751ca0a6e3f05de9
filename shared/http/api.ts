import middy, { type MiddlewareObj } from "@middy/core";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import * as z from "zod/mini";
import { DomainError } from "../domain/errors.ts";
import type { Origin } from "../domain/audit.ts";
import { describeError, logger } from "../runtime/logging.ts";
import { preferredLanguage, type Language } from "../texts/language.ts";
import type { Authenticate } from "./authentication.ts";
import { once } from "../runtime/once.ts";
import { authorise } from "./authorisation.ts";
import { problemOf, problemResponse } from "./problem-response.ts";
import { prefersCsv } from "./media-types.ts";
import { requiredIfMatch } from "../operations/kit/precondition.ts";
import type { ApiRequest, ApiResponse, Caller, CsvFile, Operations, Route } from "../operations/kit/route.ts";
import { answerOnce, repeatableRequest, type Repetition } from "./idempotency.ts";
import { textBody } from "./text-body.ts";
import { parse, pointer, type Place } from "../operations/kit/validation.ts";

type Event = APIGatewayProxyEvent;
type Result = APIGatewayProxyResult;
export type ApiHandler = (event: Event, context: Context) => Promise<Result>;

/** What stands behind a function's routes. */
export interface ApiImplementation<R extends Record<string, Route>> {
  readonly operations: Operations<R>;
  /** Absent where all routes are open to anyone. */
  readonly authenticate?: Authenticate;
  /** Absent where no route takes an Idempotency-Key. */
  readonly repetition?: Repetition;
}

type Load = () => Promise<ApiImplementation<Record<string, Route>>>;

/**
 * The handler of a function: finds the route, checks who calls and what they sent, runs the operation, and
 * answers. Every failure becomes a problem answer; none leaves the function as an error.
 * @param load gives the operations, with the first request that gets as far (docs/adr/0004)
 * @param options `version`: the full version of the interface, answered as `API-Version`
 */
export function createApi<R extends Record<string, Route>>(
  routes: R,
  load: () => Promise<ApiImplementation<R>>,
  options: { readonly version: string },
): ApiHandler {
  // Each route goes with its own operation; the union of them cannot say so.
  const implementation = once(load as unknown as Load);
  const table = Object.entries(routes).map(([name, route]) => ({
    method: route.method,
    path: route.path,
    handler: routeHandler(name, route, implementation),
  }));
  const router = httpRouter({
    routes: table,
    notFoundResponse: () => {
      throw new DomainError("not-found");
    },
  });
  const handler = middy<Event, Result>()
    .use(httpHeaderNormalizer())
    .use(answering(options.version))
    .handler(router);
  return handler;
}

/** Turns errors into problems, and gives every answer its headers and its line in the log. */
function answering(version: string): MiddlewareObj<Event, Result> {
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

/** Who calls comes before what they sent: a stranger learns nothing from a faulty body. */
function routeHandler(name: string, route: Route, load: Load) {
  return async (event: Event): Promise<Result> => {
    // The gateway and the router leave it out of account; the NL API Design Rules do not.
    if (event.path.endsWith("/")) throw new DomainError("not-found");
    const { operations, authenticate, repetition } = await load();
    const operation = operations[name];
    if (!operation) throw new Error(`Route ${name} has no operation`);
    const caller = route.who === "anyone" ? null : await requireCaller(event, route, authenticate);
    const params = validParams(route, event);
    const query = validQuery(route, event);
    const body = route.text ? textBody(event, route.text) : await jsonBody(event, route);
    const repeatable =
      route.idempotent && caller ? repeatableRequest(event, body, { caller, route, repetition }) : null;
    const request: ApiRequest<Route> = {
      params,
      query,
      body: body as ApiRequest<Route>["body"],
      repeatable: repeatable as ApiRequest<Route>["repeatable"],
      caller: caller as ApiRequest<Route>["caller"],
      ifMatch: (route.precondition ? requiredIfMatch(event.headers["if-match"]) : null) as null,
      wantsCsv: (route.success.alsoCsv === true && prefersCsv(event.headers["accept"])) as false,
      origin: originOf(event, caller),
      language: languageOf(event),
      sourceAddress: event.requestContext.identity.sourceIp,
    };
    return successResponse(route, await answerOnce(repeatable, () => operation(request)));
  };
}

const bodyParser = httpJsonBodyParser();

async function jsonBody(event: Event, { body }: Route): Promise<unknown> {
  // The parser puts the parsed body in the place of its text.
  if (body) await bodyParser.before?.({ event } as Parameters<NonNullable<typeof bodyParser.before>>[0]);
  return valid(body, event.body, "body");
}

async function requireCaller(event: Event, route: Route, authenticate?: Authenticate): Promise<Caller> {
  if (!authenticate)
    throw new Error("A route that needs a caller stands in a function without authentication");
  const caller = await authenticate(event);
  authorise(route.who, caller, event.pathParameters?.["id"]);
  return caller;
}

/** A path that can name nothing names nothing. */
function validParams(route: Route, event: Event) {
  if (!route.params) return {};
  const result = parse(route.params, event.pathParameters ?? {}, "query");
  if (!result.ok) throw new DomainError("not-found");
  return result.data as Record<string, never>;
}

const noParameters = z.strictObject({});

/** Of a parameter that is given twice, nobody can say which is meant. */
function validQuery({ query }: Route, event: Event) {
  const given = Object.entries(event.multiValueQueryStringParameters ?? {});
  const repeated = given.filter(([, values]) => values !== undefined && values.length > 1);
  const faults = repeated.map(([name]) => ({ pointer: pointer([name], "query"), code: "repeated" }));
  if (faults.length > 0) throw new DomainError("invalid-request", { errors: faults });
  return valid(query ?? noParameters, event.queryStringParameters ?? {}, "query");
}

function valid(schema: Route["body"], value: unknown, place: Place): Record<string, never> {
  if (!schema) return {};
  const result = parse(schema, value, place);
  if (!result.ok) throw new DomainError("invalid-request", { errors: result.errors });
  return result.data as Record<string, never>;
}

export function originOf(event: Event, caller: Caller | null): Origin {
  return {
    actor: caller && { username: caller.user.username, organisationId: caller.user.organisationId },
    address: event.requestContext.identity.sourceIp,
    requestId: event.requestContext.requestId,
  };
}

function successResponse(route: Route, response: ApiResponse<Route>): Result {
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

function csvResponse({ success }: Route, { csv }: CsvFile, headers: ApiResponse<Route>["headers"]): Result {
  const type = { "Content-Type": "text/csv; charset=utf-8; header=present", Vary: "Accept, Accept-Language" };
  return { statusCode: success.status, headers: { ...type, ...headers }, body: csv };
}

/** The gateway turns base64 into bytes for media types that it knows as binary (infra/constructs/http-api.ts). */
function bytesResponse({ success }: Route, body: Uint8Array, headers: ApiResponse<Route>["headers"]): Result {
  return {
    statusCode: success.status,
    headers: { "Content-Type": success.mediaType ?? "application/octet-stream", ...headers },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
  };
}

function refusal(event: Event, error: unknown): Result {
  const problem = problemOf(error);
  const { requestId } = event.requestContext;
  if (problem.slug === "internal-error") {
    logger.error("unforeseen error", { requestId, ...describeError(error) });
  }
  return problemResponse(problem, { language: languageOf(event), requestId });
}

/** Header names are in lower case here (the header normaliser). */
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
  const { requestId } = event.requestContext;
  logger.info("request", { requestId, method: event.httpMethod, route: event.resource, status });
}

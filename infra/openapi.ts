import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import * as z from "zod/mini";
import type { Contacts } from "../shared/runtime/environment.ts";
import type { ProblemSlug } from "../shared/domain/errors.ts";
import { problemStatus, problemType } from "../shared/http/problems.ts";
import type { Route } from "../shared/operations/kit/route.ts";
import { idempotencyKeyHeader, ifMatchHeader, problem } from "../shared/operations/kit/schemas.ts";
import { problemTitle } from "../shared/texts/problem-titles.ts";
import { problemDetail } from "../shared/texts/problems.ts";
import { apiRoutes } from "./functions.ts";
import { examples, type OperationExample } from "./openapi-examples.ts";
import {
  exampleAt,
  withFieldExamples,
  withoutUnicodePatterns,
  type OpenApiDocument,
} from "./openapi-fields.ts";

export interface OpenApiOptions {
  /** The full version of the API, which `API-Version` has. */
  readonly version: string;
  readonly contacts: Contacts;
}

type Operation = readonly [id: string, route: Route, example: OperationExample];

/** The server's address has the major version, so the paths of the document do not. */
const server = "/v1";

const tags = {
  Service: "Whether it works, and what it offers.",
  Sessions: "Signing in and out.",
  Passwords: "Rules for passwords, and the links with which people set them.",
  Users: "The people of an organisation who may enter Portero.",
  Organisations: "Care organisations with a signed agreement.",
  Sanctions: "What went wrong at an organisation, and closing and reopening its access.",
} as const;

/** Problems that every route can answer; the others follow from the route. */
const anyRoute: readonly ProblemSlug[] = [
  "invalid-request",
  "not-found",
  "too-many-attempts",
  "internal-error",
  "temporarily-unavailable",
];

/** The OpenAPI 3.1 document of the whole API, from the schemas that validate requests. */
export function openApiDocument({ version, contacts }: OpenApiOptions): OpenApiDocument {
  return withFieldExamples(
    createDocument(described({ version, contacts }), { override: withoutUnicodePatterns }),
  );
}

function described({ version, contacts }: OpenApiOptions): ZodOpenApiObject {
  return {
    openapi: "3.1.1",
    info: {
      title: "Portero user administration",
      version,
      description: description(),
      contact: { name: contacts.operatorName, email: contacts.serviceDesk.email, url: contacts.porteroUrl },
      license: { name: "EUPL-1.2", identifier: "EUPL-1.2" },
    },
    servers: [{ url: server }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths: paths(),
    components: {
      headers: headerComponents(version),
      responses: problemResponses(),
      securitySchemes: {
        identityToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "The `idToken` of a session.",
        },
      },
    },
  };
}

function description(): string {
  return [
    "Decides who may enter Portero: organisations, their users, passwords and sessions.",
    "Times are UTC (RFC 3339). Errors are problem details (RFC 9457), in Dutch, or in English with `Accept-Language: en`; `type` tells them apart.",
    "Text is trimmed and normalised (NFC) and holds no control characters; names hold at least one letter, no pictures, and no letters that are written from right to left.",
    "What belongs to another organisation is answered as if it were not there.",
  ].join("\n\n");
}

function operations(): Operation[] {
  return Object.values(apiRoutes).flatMap((routes) =>
    Object.entries(routes).map(([id, route]): Operation => [id, route, exampleOf(id)]),
  );
}

function paths(): ZodOpenApiPathsObject {
  const result: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [id, route, example] of operations()) {
    const path = route.path.slice(server.length);
    result[path] = { ...result[path], [route.method.toLowerCase()]: operation(id, route, example) };
  }
  return result;
}

function operation(id: string, route: Route, example: OperationExample): ZodOpenApiOperationObject {
  const header = headersOf(route);
  return {
    operationId: id,
    summary: route.summary,
    tags: [route.tag],
    security: route.who === "anyone" ? [] : [{ identityToken: [] }],
    ...((route.params ?? route.query ?? header) && {
      requestParams: {
        ...(route.params && { path: route.params }),
        ...(route.query && { query: route.query }),
        ...(header && { header }),
      },
    }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: route.body, ...exampleAt(example.body) } },
      },
    }),
    ...(route.text && {
      requestBody: {
        required: true,
        description: route.text.description,
        content: { [route.text.type]: { schema: { type: "string" }, example: example.text } },
      },
    }),
    responses: responses(route, example),
  };
}

function headersOf(route: Route) {
  if (route.precondition) return ifMatchHeader;
  return route.idempotent ? idempotencyKeyHeader : undefined;
}

function responses(route: Route, example: OperationExample): ZodOpenApiResponsesObject {
  const { status, schema, description: text, headers = [], mediaType } = route.success;
  const success: ZodOpenApiResponseObject = {
    description: text,
    headers: Object.fromEntries(["API-Version", ...headers].map((name) => [name, headerReference(name)])),
    ...(schema && {
      content: {
        "application/json": { schema, ...exampleAt(example.response) },
        ...(route.success.alsoCsv && { "text/csv": { schema: csvFile } }),
      },
    }),
    ...(mediaType && { content: { [mediaType]: { schema: { type: "string", format: "binary" } } } }),
  };
  const refusals = Object.entries(Object.groupBy(refusalsOf(route), (slug) => String(problemStatus[slug])));
  return {
    [String(status) as "200"]: success,
    ...Object.fromEntries(
      refusals.map(([code, slugs = []]) => [code, refusalResponse(route, Number(code), slugs, example)]),
    ),
  };
}

/** The response that routes share, unless one of this route's problems has a schema of its own. */
function refusalResponse(
  { problemSchemas = {} }: Route,
  status: number,
  slugs: readonly ProblemSlug[],
  { rejection }: OperationExample,
) {
  const own = slugs.flatMap((slug) => problemSchemas[slug] ?? []);
  if (own.length === 0) {
    return { $ref: `#/components/responses/Problem${status}` as const, description: inWords(slugs) };
  }
  const shared = slugs.some((slug) => !problemSchemas[slug]) ? [problem] : [];
  return {
    description: inWords(slugs),
    headers: { "API-Version": headerReference("API-Version") },
    content: { "application/problem+json": { schema: z.union([...own, ...shared]), example: rejection } },
  };
}

function exampleOf(id: string): OperationExample {
  return (examples as Readonly<Record<string, OperationExample>>)[id] ?? {};
}

function refusalsOf(route: Route): ProblemSlug[] {
  const open = route.who === "anyone";
  const slugs: ProblemSlug[] = [
    ...(open ? [] : (["not-authenticated"] as const)),
    ...(Array.isArray(route.who) ? (["not-allowed"] as const) : []),
    ...(route.body || route.text ? (["payload-too-large", "unsupported-media-type"] as const) : []),
    ...(route.idempotent ? (["idempotency-key-reused"] as const) : []),
    ...anyRoute.filter((slug) => slug !== "not-found" || route.params !== undefined),
    ...(route.precondition ? (["precondition-required", "precondition-failed"] as const) : []),
    ...route.problems,
  ];
  return [...new Set(slugs)];
}

/** The schema of a list as CSV. */
const csvFile = {
  type: "string" as const,
  description:
    "The whole result, whatever `limit` and `after` say: RFC 4180 in UTF-8 with a byte order mark, the names of the columns in Dutch or English. A value that a spreadsheet could take for a formula has an apostrophe before it.",
};

const inWords = (slugs: readonly ProblemSlug[]) => slugs.map((slug) => `\`${slug}\``).join(", ");

function headerReference(name: string) {
  return { $ref: `#/components/headers/${name}` as const };
}

function headerComponents(version: string) {
  const text = (description: string, example: string) => ({
    description,
    schema: { type: "string" as const },
    example,
  });
  return {
    "API-Version": text("The full version of the interface.", version),
    ETag: text("The version of the resource, for `If-Match`.", '"3"'),
    Location: text("Where the new resource is.", "/v1/organisations/16/users/ftest"),
    "Retry-After": {
      description: "In how many seconds it is worth trying again.",
      schema: { type: "integer" as const },
      example: 900,
    },
  };
}

/** One response for each status, with an example of each problem that has it. */
function problemResponses(): Record<string, ZodOpenApiResponseObject> {
  const used = new Set(operations().flatMap(([, route]) => refusalsOf(route)));
  const byStatus = Object.groupBy(used, (slug) => problemStatus[slug]);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, slugs]) => [`Problem${status}`, problemResponse(slugs)]),
  );
}

function problemResponse(slugs: readonly ProblemSlug[]): ZodOpenApiResponseObject {
  const [first] = slugs;
  const retry = first !== undefined && [429, 503].includes(problemStatus[first]);
  return {
    description: inWords(slugs),
    headers: {
      "API-Version": headerReference("API-Version"),
      ...(retry && { "Retry-After": headerReference("Retry-After") }),
    },
    content: {
      "application/problem+json": {
        schema: problem,
        examples: Object.fromEntries(slugs.map((slug) => [slug, { value: problemExample(slug) }])),
      },
    },
  };
}

function problemExample(slug: ProblemSlug) {
  return {
    type: problemType(slug),
    title: problemTitle(slug, "nl"),
    status: problemStatus[slug],
    detail: problemDetail(slug, "nl"),
    instance: "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
  };
}

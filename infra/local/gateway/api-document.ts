import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";

const Operation = z.strictObject({
  security: z._default(z.array(z.record(z.string(), z.array(z.string()))), []),
  "x-amazon-apigateway-integration": z.strictObject({
    type: z.literal("aws_proxy"),
    httpMethod: z.literal("POST"),
    uri: z.string().check(z.regex(/\/functions\/.+\/invocations$/)),
  }),
});

const PathItem = z.strictObject({
  parameters: z.optional(z.array(z.looseObject({ in: z.literal("path") }))),
  ...{ get: z.optional(Operation), head: z.optional(Operation), post: z.optional(Operation) },
  ...{ put: z.optional(Operation), patch: z.optional(Operation), delete: z.optional(Operation) },
  "x-amazon-apigateway-any-method": z.optional(Operation),
});

const SecurityScheme = z.strictObject({
  type: z.literal("apiKey"),
  in: z.literal("header"),
  name: z.string(),
  "x-amazon-apigateway-authtype": z.literal("cognito_user_pools"),
  "x-amazon-apigateway-authorizer": z.strictObject({
    type: z.literal("cognito_user_pools"),
    providerARNs: z.array(z.string()),
    authorizerResultTtlInSeconds: z.literal(0),
  }),
});

const GatewayResponse = z.strictObject({
  statusCode: z.optional(z.coerce.number()),
  responseParameters: z._default(z.record(z.string(), z.string()), {}),
  responseTemplates: z._default(z.record(z.string(), z.string()), {}),
});

/** The OpenAPI document of a REST API, as far as the local host serves it ("OpenAPI extensions for API Gateway"). */
const ApiDocument = z.strictObject({
  openapi: z.string(),
  info: z.unknown(),
  paths: z._default(z.record(z.string(), PathItem), {}),
  components: z._default(
    z.strictObject({ securitySchemes: z._default(z.record(z.string(), SecurityScheme), {}) }),
    { securitySchemes: {} },
  ),
  "x-amazon-apigateway-gateway-responses": z._default(z.record(z.string(), GatewayResponse), {}),
  "x-amazon-apigateway-binary-media-types": z._default(z.array(z.string()), []),
});
export type ApiDocument = z.infer<typeof ApiDocument>;

/** @throws HostError for a document that the local host cannot serve whole */
export function readDocument(catalogue: Catalogue, restApi: Found): ApiDocument {
  return catalogue.parse(restApi, z.looseObject({ Body: ApiDocument })).Body;
}

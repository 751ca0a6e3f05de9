import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { asText } from "../text.ts";

/** The answers that API Gateway gives by itself, with the statuses they have unless the template says otherwise. */
const standardStatus = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: 400,
  DEFAULT_5XX: 500,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  MISSING_AUTHENTICATION_TOKEN: 403,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
} as const;

export type GatewayResponseType = keyof typeof standardStatus;

/** A refusal by the gateway itself; `status` overrides the type's own, as for a 502 of a failed function. */
export class GatewayRefusal extends Error {
  readonly type: GatewayResponseType;
  readonly status: number | undefined;

  constructor(type: GatewayResponseType, message: string, status?: number) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export interface Answer {
  status: number;
  headers: [name: string, value: string][];
  body: Buffer;
}

/** The `$context` of a request, as far as responses can show it: `requestId`, `path`, `identity.sourceIp` … */
export type Context = Readonly<Record<string, unknown>>;

const Properties = z.looseObject({
  ResponseType: z.string(),
  StatusCode: z.optional(z.coerce.number()),
  ResponseParameters: z._default(z.record(z.string(), z.string()), {}),
  ResponseTemplates: z._default(z.record(z.string(), z.string()), {}),
});
type Properties = z.infer<typeof Properties>;

const standardTemplate = '{"message":$context.error.messageString}';

/** Renders the gateway's own answers from the template's GatewayResponse resources. */
export class GatewayResponses {
  readonly #responses = new Map<string, Properties>();

  constructor(catalogue: Catalogue, restApi: Found) {
    for (const found of catalogue.ofType("AWS::ApiGateway::GatewayResponse")) {
      const properties = catalogue.properties(found);
      if (properties["RestApiId"] !== catalogue.nameOf(restApi)) continue;
      const response = Properties.parse(properties);
      this.#responses.set(response.ResponseType, response);
    }
  }

  render({ type, message, status }: GatewayRefusal, context: Context): Answer {
    const own = this.#responses.get(type);
    const standard = status ?? standardStatus[type];
    const response = own ?? this.#responses.get(standard < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
    const error = { message, messageString: JSON.stringify(message), responseType: type };
    const full = { ...context, error };
    const templates = response?.ResponseTemplates ?? {};
    const mediaType = "application/json" in templates ? "application/json" : Object.keys(templates)[0];
    const template = mediaType === undefined ? standardTemplate : templates[mediaType];
    const headers = new Map([
      ["content-type", ["Content-Type", mediaType ?? "application/json"] as [string, string]],
    ]);
    for (const [parameter, expression] of Object.entries(response?.ResponseParameters ?? {})) {
      const name = /^gatewayresponse\.header\.(.+)$/.exec(parameter)?.[1];
      if (name !== undefined) headers.set(name.toLowerCase(), [name, headerValue(expression, full)]);
    }
    return {
      // DEFAULT_4XX and DEFAULT_5XX lend their status to the types that have no response of their own.
      status: response?.StatusCode ?? standard,
      headers: [...headers.values(), ["x-amzn-ErrorType", errorType(type)]],
      body: Buffer.from(substitute(template ?? standardTemplate, full)),
    };
  }
}

/** `'text'`, or `context.something`. */
function headerValue(expression: string, context: Context): string {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  return literal ?? valueAt(context, expression.replace(/^context\./, "").split("."));
}

function substitute(template: string, context: Context): string {
  return template.replaceAll(
    /\$(?:\{context((?:\.\w+)+)\}|context((?:\.\w+)+))/g,
    (_, braced?: string, bare?: string) => valueAt(context, (braced ?? bare ?? "").slice(1).split(".")),
  );
}

function valueAt(context: Context, path: string[]): string {
  return asText(
    path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], context),
  );
}

function errorType(type: GatewayResponseType): string {
  if (type === "DEFAULT_4XX") return "BadRequestException";
  if (type === "DEFAULT_5XX") return "InternalServerErrorException";
  const words = type.toLowerCase().split("_");
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Exception`;
}

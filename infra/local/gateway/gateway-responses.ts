import { asText } from "../template/intrinsics.ts";
import type { ApiDocument } from "./api-document.ts";

/**
 * API Gateway's own responses, with the statuses that they have unless the template sets another ("Gateway response
 * types" in its guide).
 */
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
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
} as const;

export type GatewayResponseType = keyof typeof standardStatus;

/** A request refused by the gateway itself; `status` overrides that of the type, such as 502 for a failed function. */
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

/** The `$context` of a request that response templates can show: `requestId`, `path`, `identity.sourceIp` and others. */
export type Context = Readonly<Record<string, unknown>>;

type Responses = ApiDocument["x-amazon-apigateway-gateway-responses"];

const standardTemplate = '{"message":$context.error.messageString}';

/** Renders the gateway's own responses as the document has them. */
export class GatewayResponses {
  readonly #responses: Readonly<Partial<Responses>>;

  constructor(responses: Responses) {
    this.#responses = responses;
  }

  render({ type, message, status }: GatewayRefusal, context: Context): Answer {
    const own = this.#responses[type];
    const standard = status ?? standardStatus[type];
    const response = own ?? this.#responses[standard < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
    const error = { message, messageString: JSON.stringify(message), responseType: type };
    const full = { ...context, error };
    const templates = response?.responseTemplates ?? {};
    const mediaType = "application/json" in templates ? "application/json" : Object.keys(templates)[0];
    const template = mediaType === undefined ? standardTemplate : templates[mediaType];
    const headers = new Map([
      ["content-type", ["Content-Type", mediaType ?? "application/json"] as [string, string]],
    ]);
    for (const [parameter, expression] of Object.entries(response?.responseParameters ?? {})) {
      const name = /^gatewayresponse\.header\.(.+)$/.exec(parameter)?.[1];
      if (name !== undefined) headers.set(name.toLowerCase(), [name, headerValue(expression, full)]);
    }
    return {
      // A type without a response of its own takes the status of DEFAULT_4XX or DEFAULT_5XX, if they set one.
      status: response?.statusCode ?? standard,
      headers: [...headers.values(), ["x-amzn-ErrorType", errorType(type)]],
      body: Buffer.from(substitute(template ?? standardTemplate, full)),
    };
  }
}

/** Evaluates `'text'` or `context.something`. */
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

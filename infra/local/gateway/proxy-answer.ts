import * as z from "zod/mini";
import { type Answer, GatewayRefusal } from "./gateway-responses.ts";
import type { InvocationResult } from "../lambda/lambda-function.ts";

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]);

/** The result that a proxy integration expects of a function; any other field makes it malformed. */
const ProxyAnswer = z.strictObject({
  statusCode: z.optional(z.union([z.int(), z.string().check(z.regex(/^\d{3}$/))])),
  headers: z.nullish(z.record(z.string(), HeaderValue)),
  multiValueHeaders: z.nullish(z.record(z.string(), z.array(HeaderValue))),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** API Gateway sets these headers itself, and renames those that a function sets. */
const remapped = new Set(["connection", "content-length", "date", "server"]);
const dropped = new Set(["transfer-encoding"]);

/**
 * Turns a function's result into an HTTP answer.
 * @param decodes tells if the gateway turns base64 into bytes for this caller
 * @throws GatewayRefusal 502 if the function failed or its result is malformed, 500 if it has bytes that are not base64
 */
export function proxyAnswer(result: InvocationResult, decodes: boolean): Answer {
  const refusal = new GatewayRefusal("DEFAULT_5XX", "Internal server error", 502);
  if (result.functionError) throw refusal;
  const parsed = z.safeParse(ProxyAnswer, JSON.parse(result.payload));
  if (!parsed.success) throw refusal;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const all = mergeHeaders(headers ?? {}, multiValueHeaders ?? {});
  if (!all.some(([name]) => name.toLowerCase() === "content-type"))
    all.push(["Content-Type", "application/json"]);
  const answer = { status: Number(statusCode), headers: all };
  if (!isBase64Encoded || !decodes) return { ...answer, body: Buffer.from(body ?? "") };
  if (!base64.test(body ?? "")) throw new GatewayRefusal("API_CONFIGURATION_ERROR", "Internal server error");
  return { ...answer, body: Buffer.from(body ?? "", "base64") };
}

const base64 = /^[A-Za-z0-9+/\r\n]*={0,2}$/;

type Value = z.infer<typeof HeaderValue>;

/** If both have a header, the values of `multiValueHeaders` win. */
function mergeHeaders(single: Record<string, Value>, multi: Record<string, Value[]>): [string, string][] {
  const repeated = new Set(Object.keys(multi).map((name) => name.toLowerCase()));
  const singles = Object.entries(single).filter(([name]) => !repeated.has(name.toLowerCase()));
  const pairs = [
    ...singles.map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(multi).flatMap(([name, values]) =>
      values.map((value) => [name, String(value)] as const),
    ),
  ];
  return pairs
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .map(([name, value]) => [remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value]);
}

/**
 * Compares a media type, without its parameters, with the API's binary media types, which may be ranges. API Gateway
 * takes a request without the header for JSON.
 */
export function isBinaryType(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = (mediaType ?? "application/json").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const [kind = ""] = type.split("/");
  return [type, `${kind}/*`, "*/*"].some((range) => binaryMediaTypes.includes(range));
}

/**
 * Tells if the gateway turns base64 answers into bytes for a caller: by the first media type of the request's Accept
 * alone, whatever type the answer has (API Gateway's guide, "Content type conversions in API Gateway").
 */
export function acceptsBytes(accept: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  return isBinaryType(accept?.split(",", 1)[0], binaryMediaTypes);
}

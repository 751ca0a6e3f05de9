import * as z from "zod/mini";
import { type Answer, GatewayRefusal } from "./gateway-responses.ts";
import type { InvocationResult } from "../lambda/lambda-function.ts";

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]);

/** What a function may answer through a proxy integration; any other field makes the answer malformed. */
const ProxyAnswer = z.strictObject({
  statusCode: z.optional(z.union([z.int(), z.string().check(z.regex(/^\d{3}$/))])),
  headers: z.nullish(z.record(z.string(), HeaderValue)),
  multiValueHeaders: z.nullish(z.record(z.string(), z.array(HeaderValue))),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** API Gateway sets these itself and gives the function's own another name. */
const remapped = new Set(["connection", "content-length", "date", "server"]);
const dropped = new Set(["transfer-encoding"]);

/**
 * The HTTP answer that a function's result stands for.
 * @param decodes whether the gateway turns base64 bodies into bytes, which depends on its binary media types
 * @throws GatewayRefusal 502 if the function failed or answered in another form
 */
export function proxyAnswer(result: InvocationResult, decodes: (contentType: string) => boolean): Answer {
  const refusal = new GatewayRefusal("DEFAULT_5XX", "Internal server error", 502);
  if (result.functionError) throw refusal;
  const parsed = z.safeParse(ProxyAnswer, JSON.parse(result.payload));
  if (!parsed.success) throw refusal;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const all = mergeHeaders(headers ?? {}, multiValueHeaders ?? {});
  if (!all.some(([name]) => name.toLowerCase() === "content-type"))
    all.push(["Content-Type", "application/json"]);
  const contentType = all.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  return {
    status: Number(statusCode),
    headers: all,
    body: Buffer.from(body ?? "", isBase64Encoded && decodes(contentType) ? "base64" : "utf8"),
  };
}

type Value = z.infer<typeof HeaderValue>;

/** Where both have a header, the values of `multiValueHeaders` stand. */
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

/** Whether a media type is among the API's binary media types, which may have wildcards. */
export function isBinaryType(contentType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return binaryMediaTypes.some((wanted) => {
    if (wanted === "*/*") return true;
    const [main, sub] = wanted.toLowerCase().split("/");
    return sub === "*" ? type.startsWith(`${main ?? ""}/`) : type === wanted.toLowerCase();
  });
}

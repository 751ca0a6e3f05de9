import type { APIGatewayProxyEvent } from "aws-lambda";
import { DomainError } from "../../domain/errors.ts";
import type { Origin } from "../../domain/audit.ts";
import { bodyBytes, bodyText } from "../../http/request-body.ts";
import { isLanguage, preferredLanguage, type Language } from "../../texts/language.ts";
import type { PageRoute, PathParameter } from "../routes.ts";

const formBytes = 16 * 1024;
const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** Fits an event of Lambda's 6 MB as base64; pages have smaller limits of their own and explain them. */
const uploadBytes = 4_000_000;
const uploadType = /^multipart\/form-data\s*;/i;

export const sessionCookie = "__Host-portero";
/** Shows who signed in with this browser before (operations/sessions/device-cookie.ts). */
export const deviceCookie = "__Host-portero-device";
export const languageCookie = "__Host-taal";

/** A parsed request. The form is read only when a page calls `form`, because reading can fail. */
export interface PageRequest {
  readonly page: PageRoute | null;
  readonly language: Language;
  /** True for a browser that follows a link or an address. */
  readonly acceptsPages: boolean;
  /** True if the address names a language, which is then kept in a cookie. */
  readonly choosesLanguage: boolean;
  readonly origin: Origin;
  readonly requestId: string;
  readonly sourceAddress: string;
  /** The session's secret; null without one. */
  readonly cookie: string | null;
  /** Tells that somebody signed in with this browser before; null without one. */
  readonly deviceCookie: string | null;
  readonly parameter: (name: PathParameter) => string;
  readonly queries: Readonly<Record<string, string>>;
  readonly query: (name: string) => string | null;
  /** @throws payload-too-large, unsupported-media-type, invalid-request for bytes that are not UTF-8 */
  readonly form: () => URLSearchParams;
  /** A form that files can be sent with. @throws payload-too-large, unsupported-media-type */
  readonly upload: () => Promise<FormData>;
}

/** Events may have either of the two. */
type HeaderFields = Partial<Pick<APIGatewayProxyEvent, "headers" | "multiValueHeaders">>;

/** All values of a header, as one; header names are matched in any case. */
function header({ headers, multiValueHeaders }: HeaderFields, name: string): string | undefined {
  const own = ([key]: [string, unknown]) => key.toLowerCase() === name;
  const values = Object.entries(multiValueHeaders ?? {}).find(own)?.[1];
  if (values && values.length > 0) return values.join(name === "cookie" ? "; " : ", ");
  return Object.entries(headers ?? {}).find(own)?.[1];
}

function readCookie(event: APIGatewayProxyEvent, name: string): string | null {
  const pairs = (header(event, "cookie") ?? "").split(";").map((pair) => pair.trim());
  const own = pairs.find((pair) => pair.startsWith(`${name}=`));
  return own?.slice(name.length + 1) || null;
}

/** The address comes first, then the cookie, then the browser's Accept-Language. */
function readLanguage(event: APIGatewayProxyEvent, chosen: string | undefined): Language {
  const remembered = readCookie(event, languageCookie);
  if (isLanguage(chosen)) return chosen;
  return isLanguage(remembered) ? remembered : preferredLanguage(header(event, "accept-language"));
}

/** Values with bytes that are not UTF-8 are left out: a page shows what it shows without them (SECURITY 28). */
function readQueries({ queryStringParameters }: APIGatewayProxyEvent): Record<string, string> {
  const pairs = Object.entries(queryStringParameters ?? {}).filter(([, value]) => !value?.includes("\uFFFD"));
  return Object.fromEntries(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function readForm(event: APIGatewayProxyEvent): URLSearchParams {
  if (!formType.test(header(event, "content-type") ?? "")) throw new DomainError("unsupported-media-type");
  const text = bodyText(event, formBytes);
  requireUtf8(text);
  return new URLSearchParams(text);
}

/** `URLSearchParams` reads escaped bytes that are not UTF-8 as U+FFFD, without a word. @throws invalid-request */
function requireUtf8(encoded: string): void {
  try {
    decodeURIComponent(encoded);
  } catch {
    throw new DomainError("invalid-request");
  }
}

/** The parser takes a fifth of a second for the 70,000 parts that fit; our forms have two (SECURITY 27). */
const mostParts = 10;

/** @throws unsupported-media-type */
function requireFewParts(body: Buffer, type: string): void {
  const [, boundary = ""] = /boundary="?([^";]+)/i.exec(type) ?? [];
  let [parts, at] = [0, body.indexOf(`--${boundary}`)];
  while (at >= 0 && parts <= mostParts) {
    parts += 1;
    at = body.indexOf(`--${boundary}`, at + 1);
  }
  if (parts > mostParts) throw new DomainError("unsupported-media-type");
}

/** Uses Node.js's own multipart parser, which `Response` offers. */
async function readUpload(event: APIGatewayProxyEvent): Promise<FormData> {
  const type = header(event, "content-type") ?? "";
  if (!uploadType.test(type)) throw new DomainError("unsupported-media-type");
  const body = bodyBytes(event);
  if (body.byteLength > uploadBytes) throw new DomainError("payload-too-large");
  requireFewParts(body, type);
  try {
    return await new Response(body, { headers: { "Content-Type": type } }).formData();
  } catch {
    throw new DomainError("unsupported-media-type");
  }
}

export function readRequest(event: APIGatewayProxyEvent, pages: readonly PageRoute[]): PageRequest {
  const { identity, requestId } = event.requestContext;
  const found = pages.find(({ method, path }) => method === event.httpMethod && path === event.resource);
  const queries = readQueries(event);
  return {
    page: found ?? null,
    language: readLanguage(event, queries["taal"]),
    acceptsPages: /(?:^|,)\s*text\/html\b/i.test(header(event, "accept") ?? ""),
    choosesLanguage: isLanguage(queries["taal"]),
    origin: { actor: null, address: identity.sourceIp, requestId },
    requestId,
    sourceAddress: identity.sourceIp,
    cookie: readCookie(event, sessionCookie),
    deviceCookie: readCookie(event, deviceCookie),
    parameter: (name) => event.pathParameters?.[name] ?? "",
    queries,
    query: (name) => queries[name] ?? null,
    form: () => readForm(event),
    upload: () => readUpload(event),
  };
}

/**
 * Whether another site made the browser send this. Since our pages send no referrer, browsers give the
 * origin of our own forms as `null` (Fetch Standard, "append a request Origin header"): then Sec-Fetch-Site,
 * which no page can forge, has to vouch for it. Programs that send neither header carry no one's cookies.
 */
export function isCrossSite(event: APIGatewayProxyEvent, publicOrigin: string): boolean {
  const site = header(event, "sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const origin = header(event, "origin");
  if (origin === undefined) return false;
  return origin === "null" ? site !== "same-origin" : origin !== publicOrigin;
}

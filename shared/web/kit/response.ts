import type { APIGatewayProxyResult } from "aws-lambda";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { DomainError } from "../../domain/errors.ts";
import type { Language } from "../../texts/language.ts";
import { deviceCookie, languageCookie, sessionCookie } from "./request.ts";

type Headers = Readonly<Record<string, string>>;

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  // The empty icon in layout.tsx is a data address.
  "img-src data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** Only for the page whose script asks our server for progress; other pages allow no connections. */
export const withOwnRequests: Headers = {
  "Content-Security-Policy": `${contentSecurityPolicy}; connect-src 'self'`,
};

/** On every answer (SECURITY 18). */
const strictHeaders: Headers = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Robots-Tag": "noindex, nofollow",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
};

function respond(statusCode: number, headers: Headers, body: string): APIGatewayProxyResult {
  return withStrictHeaders({ statusCode, headers: { ...headers }, body });
}

/** Adds the headers that every answer has, unless it has its own. */
export function withStrictHeaders(answer: APIGatewayProxyResult): APIGatewayProxyResult {
  return { ...answer, headers: { ...strictHeaders, "Cache-Control": "no-store", ...answer.headers } };
}

export function htmlResponse(
  statusCode: number,
  language: Language,
  page: VNode,
  headers: Headers = {},
): APIGatewayProxyResult {
  const pageHeaders = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Language": language,
    Vary: "Accept-Language, Cookie",
  };
  return respond(statusCode, { ...pageHeaders, ...headers }, `<!doctype html>\n${renderToString(page)}`);
}

/** `location` is a path, so that no host from the request can get into it. */
export function redirect(location: string, headers: Headers = {}): APIGatewayProxyResult {
  return respond(303, { Location: location, ...headers }, "");
}

/** A file whose name changes with its content. */
export function immutableFile(contentType: string, content: string): APIGatewayProxyResult {
  return respond(
    200,
    { "Content-Type": contentType, "Cache-Control": "public, max-age=31536000, immutable" },
    content,
  );
}

/** A download. `fileName` comes from the code, never from a request, so it needs no escaping. */
export function fileToKeep(contentType: string, fileName: string, content: string): APIGatewayProxyResult {
  const headers = {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${fileName}"`,
  };
  return respond(200, headers, content);
}

/** A file that the browser shows itself. `fileName` comes from the code, so it needs no escaping. */
export function fileToShow(
  contentType: string,
  fileName: string,
  content: Uint8Array,
): APIGatewayProxyResult {
  const headers = { "Content-Type": contentType, "Content-Disposition": `inline; filename="${fileName}"` };
  return { ...respond(200, headers, Buffer.from(content).toString("base64")), isBase64Encoded: true };
}

const cookieAttributes = "Path=/; HttpOnly; Secure; SameSite=Strict";

export function setSessionCookie(value: string): Headers {
  return { "Set-Cookie": `${sessionCookie}=${value}; ${cookieAttributes}` };
}

export function dropSessionCookie(): Headers {
  return { "Set-Cookie": `${sessionCookie}=; Max-Age=0; ${cookieAttributes}` };
}

const secondsInAYear = 31_536_000;

/** Adds the device cookie, which outlives the session; an answer with several cookies needs the other kind of headers. */
export function rememberDevice(answer: APIGatewayProxyResult, value: string): APIGatewayProxyResult {
  const { "Set-Cookie": session, ...headers } = answer.headers ?? {};
  const device = `${deviceCookie}=${value}; Max-Age=${secondsInAYear}; ${cookieAttributes}`;
  const cookies = session === undefined ? [device] : [session, device];
  return { ...answer, headers, multiValueHeaders: { "Set-Cookie": cookies } };
}

/** Adds the language cookie; `headers` has room for one cookie, and the session's goes first. */
export function rememberLanguage(answer: APIGatewayProxyResult, language: Language): APIGatewayProxyResult {
  if ("Set-Cookie" in { ...answer.headers, ...answer.multiValueHeaders }) return answer;
  const cookie = `${languageCookie}=${language}; Max-Age=${secondsInAYear}; ${cookieAttributes}`;
  return { ...answer, headers: { ...answer.headers, "Set-Cookie": cookie } };
}

/** Empty if trying again later does not help. */
export function retryAfter({ retryAfterSeconds }: DomainError): Headers {
  return retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds) };
}

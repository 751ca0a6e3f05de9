import type { APIGatewayProxyResult } from "aws-lambda";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { DomainError } from "../../domain/errors.ts";
import type { Language } from "../../texts/language.ts";
import { languageCookie, sessionCookie } from "./request.ts";

type Headers = Readonly<Record<string, string>>;

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  // Only the picture of nothing that stands for the pages' icon (layout.tsx).
  "img-src data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** For pages whose script asks our own server for something; those of others stay as strict as they are. */
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
  return { statusCode, headers: { ...strictHeaders, "Cache-Control": "no-store", ...headers }, body };
}

export function htmlResponse(
  statusCode: number,
  language: Language,
  page: VNode,
  headers: Headers = {},
): APIGatewayProxyResult {
  const about = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Language": language,
    Vary: "Accept-Language, Cookie",
  };
  return respond(statusCode, { ...about, ...headers }, `<!doctype html>\n${renderToString(page)}`);
}

/** On to another page with GET; `location` is a path, so no host comes from the request. */
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

/** A file to keep; its name is one of ours, never anyone's text. */
export function fileToKeep(contentType: string, fileName: string, content: string): APIGatewayProxyResult {
  const headers = {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${fileName}"`,
  };
  return respond(200, headers, content);
}

/** A file for the browser to show, as bytes; its name is one of ours. */
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

/** The answer, with which the browser remembers the language; one that sets another cookie stays as it is. */
export function rememberLanguage(answer: APIGatewayProxyResult, language: Language): APIGatewayProxyResult {
  if (answer.headers && "Set-Cookie" in answer.headers) return answer;
  const cookie = `${languageCookie}=${language}; Max-Age=${secondsInAYear}; ${cookieAttributes}`;
  return { ...answer, headers: { ...answer.headers, "Set-Cookie": cookie } };
}

/** When trying again can help, if it can at all. */
export function retryAfter({ retryAfterSeconds }: DomainError): Headers {
  return retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds) };
}

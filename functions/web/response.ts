import type { APIGatewayProxyResult } from "aws-lambda";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { DomainError } from "../../shared/domain/errors.ts";
import type { Language } from "../../shared/texts/language.ts";
import { sessionCookie } from "./request.ts";

type Headers = Readonly<Record<string, string>>;

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

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
    Vary: "Accept-Language",
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

const cookieAttributes = "Path=/; HttpOnly; Secure; SameSite=Strict";

export function setSessionCookie(value: string): Headers {
  return { "Set-Cookie": `${sessionCookie}=${value}; ${cookieAttributes}` };
}

export function dropSessionCookie(): Headers {
  return { "Set-Cookie": `${sessionCookie}=; Max-Age=0; ${cookieAttributes}` };
}

/** When trying again can help, if it can at all. */
export function retryAfter({ retryAfterSeconds }: DomainError): Headers {
  return retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds) };
}

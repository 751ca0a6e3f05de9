import type { APIGatewayProxyEvent } from "aws-lambda";
import { DomainError } from "../domain/errors.ts";

type Body = Pick<APIGatewayProxyEvent, "body" | "isBase64Encoded">;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The bytes of a request's body. API Gateway passes all bodies on as base64, because all media types are binary to it
 * (infra/constructs/http-api.ts); events of tests and consoles have text.
 */
export function bodyBytes({ body, isBase64Encoded }: Body): Buffer<ArrayBuffer> {
  return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}

/**
 * The text of a request's body.
 * @param mostBytes the limit, checked before the bytes are decoded
 * @throws payload-too-large, or invalid-request for bytes that are not UTF-8
 */
export function bodyText(event: Body, mostBytes = Infinity): string {
  const bytes = bodyBytes(event);
  if (bytes.length > mostBytes) throw new DomainError("payload-too-large");
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError("invalid-request");
  }
}

/** More than any request needs: an import is text, and has a limit of its own. */
const mostJsonBytes = 64 * 1024;
const mostNesting = 20;

/**
 * The text of a JSON body, if it is worth parsing (SECURITY 27).
 * @throws payload-too-large, or invalid-request for no body at all, bytes that are not UTF-8, or too deep nesting
 */
export function jsonText(event: Body): string {
  const text = bodyText(event, mostJsonBytes);
  if (text.trim() === "")
    throw new DomainError("invalid-request", { errors: [{ pointer: "", code: "json" }] });
  if (nestingOf(text) > mostNesting)
    throw new DomainError("invalid-request", {
      errors: [{ pointer: "", code: "nesting", limit: mostNesting }],
    });
  return text;
}

/** How deep arrays and objects stand in each other, at most. */
function nestingOf(json: string): number {
  let [deepest, depth] = [0, 0];
  for (const [mark] of json.replaceAll(/"(?:[^"\\]|\\.)*"/gs, "").matchAll(/[[\]{}]/g)) {
    depth += mark === "[" || mark === "{" ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

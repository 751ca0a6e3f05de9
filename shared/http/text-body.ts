import type { APIGatewayProxyEvent } from "aws-lambda";
import { DomainError } from "../domain/errors.ts";
import { decodeText, type DecodedText } from "../operations/kit/decode-text.ts";
import type { Route } from "../operations/kit/route.ts";
import { bodyBytes } from "./request-body.ts";

/**
 * A text body, unparsed, in any encoding that people's files have.
 * @throws unsupported-media-type, payload-too-large
 */
export function textBody(
  event: APIGatewayProxyEvent,
  { type, mostBytes }: NonNullable<Route["text"]>,
): DecodedText {
  const [given = ""] = (event.headers["content-type"] ?? "").split(";");
  if (given.trim().toLowerCase() !== type)
    throw new DomainError("unsupported-media-type", {
      errors: [{ pointer: "header:Content-Type", code: "content-type-csv" }],
    });
  const bytes = bodyBytes(event);
  if (bytes.length > mostBytes) throw new DomainError("payload-too-large");
  return decodeText(bytes);
}

import { randomBytes } from "node:crypto";
import type { MailMessage } from "../domain/ports.ts";

const lineEnd = "\r\n";
const longestLine = 76;
/** Bytes that fit in one encoded word of 75 characters (RFC 2047); a multiple of three, for base64. */
const encodedWordBytes = 42;

/**
 * A mail with attachments in the form that SES accepts. All but file names and addresses is in base64, so content
 * cannot be read as a header or a boundary (SECURITY 20).
 */
export function mimeMessage(from: string, message: MailMessage): Uint8Array {
  const { to, subject, html, text, attachments = [] } = message;
  const alternatives = multipart("alternative", [textPart("text/plain", text), textPart("text/html", html)]);
  const files = attachments.map(({ fileName, mediaType, content }) =>
    [
      `Content-Type: ${mediaType}; name="${fileName}"`,
      `Content-Disposition: attachment; filename="${fileName}"`,
      ...base64Body(content),
    ].join(lineEnd),
  );
  const headers = [
    `From: ${from}`,
    `To: ${to.address}`,
    `Subject: ${encodedWords(subject)}`,
    "MIME-Version: 1.0",
  ];
  return Buffer.from([...headers, multipart("mixed", [alternatives, ...files])].join(lineEnd), "ascii");
}

function multipart(kind: "alternative" | "mixed", parts: readonly string[]): string {
  const boundary = randomBytes(18).toString("hex");
  const delimited = parts.map((part) => `--${boundary}${lineEnd}${part}${lineEnd}`);
  const head = `Content-Type: multipart/${kind}; boundary="${boundary}"${lineEnd}${lineEnd}`;
  return `${head}${delimited.join("")}--${boundary}--${lineEnd}`;
}

function textPart(type: string, text: string): string {
  return [`Content-Type: ${type}; charset=utf-8`, ...base64Body(Buffer.from(text))].join(lineEnd);
}

function base64Body(content: Uint8Array): string[] {
  const encoded = Buffer.from(content).toString("base64");
  const lines = encoded.match(new RegExp(`.{1,${longestLine}}`, "g")) ?? [];
  return ["Content-Transfer-Encoding: base64", "", ...lines];
}

/** Encoded words of RFC 2047; no word splits a character. */
function encodedWords(text: string): string {
  const words = [""];
  for (const character of text) {
    const longer = (words.at(-1) ?? "") + character;
    if (Buffer.byteLength(longer) <= encodedWordBytes) words[words.length - 1] = longer;
    else words.push(character);
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join(`${lineEnd} `);
}

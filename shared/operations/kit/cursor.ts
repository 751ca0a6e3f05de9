import { DomainError } from "../../domain/errors.ts";
import { createHmac, timingSafeEqual } from "node:crypto";

/** The list that a cursor is for: the organisation, and every part of the query that decides which items it has. */
export type CursorScope = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Cursors of lists: the place where the next page begins, authenticated with an HMAC, so that a cursor is valid only
 * for the organisation and the query that it was given for (SECURITY 16).
 * @param secret 32 random bytes, the same in every container
 */
export class Cursors {
  readonly #secret: () => Promise<Uint8Array>;

  constructor(secret: () => Promise<Uint8Array>) {
    this.#secret = secret;
  }

  /** @param position where the next page begins; clients can read it in the cursor */
  async write(scope: CursorScope, position: string): Promise<string> {
    const code = await this.#code(scope, position);
    return `${Buffer.from(position).toString("base64url")}.${code.toString("base64url")}`;
  }

  /** @throws invalid-request for a malformed cursor, or one of another list */
  async read(scope: CursorScope, cursor: string): Promise<string> {
    const [position = "", code = ""] = cursor.split(".");
    const text = Buffer.from(position, "base64url").toString();
    const [given, expected] = [Buffer.from(code, "base64url"), await this.#code(scope, text)];
    const genuine = given.length === expected.length && timingSafeEqual(given, expected);
    if (genuine && (await this.write(scope, text)) === cursor) return text;
    throw new DomainError("invalid-request", { errors: [{ pointer: "query:after", code: "cursor" }] });
  }

  async #code(scope: CursorScope, position: string): Promise<Buffer> {
    const parts = Object.entries(scope).map(([name, value]) => [name, value ?? null]);
    const text = JSON.stringify([parts.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)), position]);
    return createHmac("sha256", await this.#secret())
      .update(text)
      .digest();
  }
}

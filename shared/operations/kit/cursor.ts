import { DomainError } from "../../domain/errors.ts";
import { createHmac, timingSafeEqual } from "node:crypto";

/** Which list a cursor is for: the organisation, and everything in the query that decides what is in it. */
export type CursorScope = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Cursors of lists: where the next page begins, with a code that only this application can make, so that a
 * cursor is good for the organisation and the query that it was given for, and for no other (SECURITY 16).
 * @param secret 32 random bytes, the same in every container
 */
export class Cursors {
  readonly #secret: () => Promise<Uint8Array>;

  constructor(secret: () => Promise<Uint8Array>) {
    this.#secret = secret;
  }

  /** @param position where the page after begins; it can be read by whoever has the cursor */
  async write(scope: CursorScope, position: string): Promise<string> {
    const code = await this.#code(scope, position);
    return `${Buffer.from(position).toString("base64url")}.${code.toString("base64url")}`;
  }

  /** @throws invalid-request for a cursor that is none, or that is another list's */
  async read(scope: CursorScope, cursor: string): Promise<string> {
    const [position = "", code = ""] = cursor.split(".");
    const text = Buffer.from(position, "base64url").toString();
    const [given, right] = [Buffer.from(code, "base64url"), await this.#code(scope, text)];
    const whole = given.length === right.length && timingSafeEqual(given, right);
    if (whole && (await this.write(scope, text)) === cursor) return text;
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

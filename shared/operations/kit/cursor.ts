import { DomainError } from "../../domain/errors.ts";
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

/** The list that a cursor is for: the organisation, and every part of the query that decides which items it has. */
export type CursorScope = Readonly<Record<string, string | number | boolean | null | undefined>>;

const cipher = "aes-256-gcm";
const [nonceBytes, tagBytes] = [12, 16];

/**
 * Cursors of lists: the place after which the next page begins, encrypted, because it holds the values that the list
 * is sorted by, such as names, and addresses of pages stay in histories and logs. A cursor is valid only for the
 * organisation and the query that it was given for (SECURITY 16).
 * @param secret 32 random bytes, the same in every container
 */
export class Cursors {
  readonly #secret: () => Promise<Uint8Array>;

  constructor(secret: () => Promise<Uint8Array>) {
    this.#secret = secret;
  }

  /** @param position the place of the last item of this page */
  async write(scope: CursorScope, position: string): Promise<string> {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, await this.#key(), nonce).setAAD(scopeText(scope));
    const sealed = Buffer.concat([sealing.update(position), sealing.final()]);
    return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString("base64url");
  }

  /** @throws invalid-request for a malformed cursor, or one of another list */
  async read(scope: CursorScope, cursor: string): Promise<string> {
    const bytes = Buffer.from(cursor, "base64url");
    // Different texts can stand for the same bytes.
    if (bytes.length < nonceBytes + tagBytes || bytes.toString("base64url") !== cursor) throw wrongCursor();
    const opening = createDecipheriv(cipher, await this.#key(), bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(scopeText(scope))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = opening.update(bytes.subarray(nonceBytes + tagBytes));
    try {
      return Buffer.concat([text, opening.final()]).toString();
    } catch {
      throw wrongCursor();
    }
  }

  /** A key of its own: cursors of the version before were authenticated with the secret itself. */
  async #key(): Promise<Buffer> {
    return createHmac("sha256", await this.#secret())
      .update("cursor")
      .digest();
  }
}

export const wrongCursor = () =>
  new DomainError("invalid-request", { errors: [{ pointer: "query:after", code: "cursor" }] });

function scopeText(scope: CursorScope): Buffer {
  const parts = Object.entries(scope).map(([name, value]) => [name, value ?? null]);
  return Buffer.from(JSON.stringify(parts.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))));
}

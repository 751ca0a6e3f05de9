import { createHash } from "node:crypto";

/** The form in which secrets (link tokens, session secrets, token ids) are stored: SHA-256, hexadecimal. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** The hash of text in place of a login name, which may be a password in the wrong field; in any capitals. */
export function typedNameHash(text: string): string {
  return secretHash(text.trim().toLowerCase());
}

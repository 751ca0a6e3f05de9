import { randomBytes } from "node:crypto";

/**
 * The token with which a client stays signed in: it locates the session, proves it with a secret and, for API
 * clients, carries Cognito's refresh token. Only a hash of the secret is stored.
 */
export interface SessionToken {
  readonly organisationId: string;
  readonly username: string;
  readonly secret: string;
  /** Cognito's; null for sessions of pages, which never need another identity token. */
  readonly refreshToken: string | null;
}

const secretBytes = 32;

export function newSessionSecret(): string {
  return randomBytes(secretBytes).toString("base64url");
}

export function formatSessionToken(token: SessionToken): string {
  const parts = [token.organisationId, token.username, token.secret];
  return [...parts, ...(token.refreshToken === null ? [] : [token.refreshToken])].join("~");
}

/** @returns null for text that is not a session token */
export function parseSessionToken(text: string): SessionToken | null {
  const match = /^([0-9]{1,12})~([a-z]{1,64}[0-9]{0,6})~([A-Za-z0-9_-]{43})(?:~([^~]+))?$/.exec(text);
  if (!match?.[1] || !match[2] || !match[3]) return null;
  return { organisationId: match[1], username: match[2], secret: match[3], refreshToken: match[4] ?? null };
}

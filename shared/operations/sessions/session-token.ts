import { randomBytes } from "node:crypto";

/**
 * What a client keeps to stay signed in: where the session is, its secret, and for the interface Cognito's
 * refresh token. Only hashes of the secret are stored.
 */
export interface SessionToken {
  readonly organisationId: string;
  readonly username: string;
  readonly secret: string;
  /** Cognito's; absent for sessions of web pages, which never need another identity token. */
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

/** @returns null for text that is no such token */
export function parseSessionToken(text: string): SessionToken | null {
  const match = /^([0-9]{1,12})~([a-z]{1,64}[0-9]{0,6})~([A-Za-z0-9_-]{43})(?:~([^~]+))?$/.exec(text);
  if (!match?.[1] || !match[2] || !match[3]) return null;
  return { organisationId: match[1], username: match[2], secret: match[3], refreshToken: match[4] ?? null };
}

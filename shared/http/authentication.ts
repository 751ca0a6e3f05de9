import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { APIGatewayProxyEvent } from "aws-lambda";
import * as z from "zod/mini";
import { DomainError } from "../domain/errors.ts";
import { admit, sessionStands } from "../domain/admission.ts";
import type { UserRepository } from "../domain/ports/users.ts";
import type { Clock } from "../domain/time.ts";
import { secretHash } from "../domain/secret-hash.ts";
import type { Caller } from "../operations/kit/operation.ts";

const claimsSchema = z.object({
  token_use: z.literal("id"),
  aud: z.string(),
  jti: z.string(),
  "cognito:username": z.string(),
  organisationId: z.string(),
});

export interface TokenTrust {
  readonly issuer: string;
  readonly jwksUri: string;
  /** The app client whose tokens the API accepts; it refuses tokens for other clients of the pool. */
  readonly clientId: string;
}

/** The issuer and client that a function's environment names. */
export function tokenTrustFrom(environment: {
  TOKEN_ISSUER: string;
  TOKEN_JWKS_URI: string;
  USER_POOL_CLIENT_ID: string;
}): TokenTrust {
  return {
    issuer: environment.TOKEN_ISSUER,
    jwksUri: environment.TOKEN_JWKS_URI,
    clientId: environment.USER_POOL_CLIENT_ID,
  };
}

/** Finds the caller of a request. @throws not-authenticated */
export type Authenticate = (event: APIGatewayProxyEvent) => Promise<Caller>;

/**
 * Takes the claims that the gateway verified, or verifies the token itself if the gateway passed none. Then checks
 * account, organisation and session as they are now, in one round trip (DESIGN §2, Signing in).
 */
export function createAuthenticate(
  trust: TokenTrust,
  { users, clock }: { users: Pick<UserRepository, "findMember">; clock: Clock },
): Authenticate {
  const verifyToken = createTokenVerifier(trust);
  return async (event) => {
    const gatewayClaims: unknown = event.requestContext.authorizer?.["claims"];
    const claims = z.safeParse(claimsSchema, gatewayClaims ?? (await verifyToken(bearerToken(event))));
    if (!claims.success || claims.data.aud !== trust.clientId) throw new DomainError("not-authenticated");
    const member = await users.findMember(claims.data.organisationId, claims.data["cognito:username"]);
    const now = clock();
    if (!member || !admit(member.user, member.organisation, now).admitted)
      throw new DomainError("not-authenticated");
    const tokenHash = secretHash(claims.data.jti);
    const session = Object.entries(member.user.sessions).find(([, one]) => one.tokens.includes(tokenHash));
    if (!session || !sessionStands(session[1], member.organisation, now))
      throw new DomainError("not-authenticated");
    return { ...member, sessionId: session[0] };
  };
}

function createTokenVerifier({ issuer, jwksUri, clientId }: TokenTrust) {
  const trust = { issuer, jwksUri, audience: clientId };
  const verifier = jwksUri.startsWith("https:")
    ? JwtVerifier.create(trust)
    : JwtVerifier.create(trust, { jwksCache: new SimpleJwksCache({ fetcher: plainFetcher }) });
  return async (token: string): Promise<unknown> => {
    try {
      return await verifier.verify(token);
    } catch {
      throw new DomainError("not-authenticated");
    }
  };
}

/** The library fetches over HTTPS only, but emulators on one machine publish their keys over HTTP. */
const plainFetcher = {
  fetch: async (uri: string): Promise<ArrayBuffer> => {
    const answer = await fetch(uri, { signal: AbortSignal.timeout(3_000) });
    return answer.arrayBuffer();
  },
};

function bearerToken(event: APIGatewayProxyEvent): string {
  const token = /^(?:Bearer +)?([A-Za-z0-9_=.-]+)$/i.exec(event.headers["authorization"] ?? "")?.[1];
  if (!token) throw new DomainError("not-authenticated");
  return token;
}

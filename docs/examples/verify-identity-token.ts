import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import * as z from "zod/mini";

/** The claims of a verified token that Portero can rely on (docs/identity-token.md). */
const claimsSchema = z.object({
  token_use: z.literal("id"),
  "cognito:username": z.string(),
  organisationId: z.string(),
  agbCode: z.string(),
  profile: z.string(),
  applicationTypes: z.array(z.string()),
  identityCheckedBy: z.enum(["organisation", "CIZ"]),
  roles: z.array(z.string()),
});

export type IdentityClaims = z.infer<typeof claimsSchema>;

export interface Trust {
  /** The issuer of the tokens: `https://cognito-idp.<region>.amazonaws.com/<user pool id>`. */
  readonly issuer: string;
  /** Portero's app client; tokens for other clients are rejected. */
  readonly clientId: string;
  /** Address of the keys if they are not at the issuer; only on a developer's own machine. */
  readonly jwksUri?: string;
}

/**
 * Creates a verifier; create it once, because it caches the keys and fetches them again for an unknown key id.
 * @returns a function that returns the claims of a valid token and throws for any other
 */
export function identityTokenVerifier({ issuer, clientId, jwksUri }: Trust) {
  const properties = {
    issuer,
    audience: clientId,
    jwksUri: jwksUri ?? `${issuer}/.well-known/jwks.json`,
  };
  const verifier = jwksUri?.startsWith("http:")
    ? JwtVerifier.create(properties, { jwksCache: new SimpleJwksCache({ fetcher: withoutTls }) })
    : JwtVerifier.create(properties);
  return async (token: string): Promise<IdentityClaims> =>
    z.parse(claimsSchema, await verifier.verify(token));
}

/** The library fetches over HTTPS only, but the stand-ins on one machine serve HTTP. */
const withoutTls = {
  fetch: async (uri: string): Promise<ArrayBuffer> => (await fetch(uri)).arrayBuffer(),
};

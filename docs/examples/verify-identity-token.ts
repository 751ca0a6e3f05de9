import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import * as z from "zod/mini";

/** What Portero can rely on in a token, once it is verified (docs/identity-token.md). */
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
  /** `https://cognito-idp.<region>.amazonaws.com/<user pool id>`: who issues the tokens. */
  readonly issuer: string;
  /** The app client that Portero signs in with: tokens for other clients are not for Portero. */
  readonly clientId: string;
  /** Where the keys are, if not at the issuer: only on a developer's own machine. */
  readonly jwksUri?: string;
}

/**
 * Makes a verifier once; it keeps the keys, and fetches them again when a token names one it does not know.
 * @returns a function that gives the claims of a good token and throws for any other
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

/** The library fetches over HTTPS alone, which stand-ins on one machine do not speak. */
const withoutTls = {
  fetch: async (uri: string): Promise<ArrayBuffer> => (await fetch(uri)).arrayBuffer(),
};

import { JwtVerifier } from "aws-jwt-verify";
import { JwtExpiredError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { Catalogue } from "../template/catalogue.ts";
import type { ApiDocument } from "./api-document.ts";
import { GatewayRefusal } from "./gateway-responses.ts";
import type { GatewayRequest } from "./proxy-event.ts";
import { asText } from "../template/intrinsics.ts";

/** Returns the caller's claims, each as text. @throws GatewayRefusal UNAUTHORIZED */
export type Authorize = (request: GatewayRequest) => Promise<Record<string, string>>;

/** The document's Cognito authorizers by the name of their security scheme. */
export function readAuthorizers(
  catalogue: Catalogue,
  { securitySchemes }: ApiDocument["components"],
  cognitoUrl: string,
): Map<string, Authorize> {
  const authorizers = new Map<string, Authorize>();
  for (const [scheme, { name: header, ...extensions }] of Object.entries(securitySchemes)) {
    const { providerARNs } = extensions["x-amazon-apigateway-authorizer"];
    const verify = createVerifier(catalogue, providerARNs, cognitoUrl);
    authorizers.set(scheme, async (request) => {
      const sent = request.headers.findLast(([name]) => name.toLowerCase() === header.toLowerCase());
      return claimsAsText(await verify((sent?.[1] ?? "").replace(/^Bearer\s+/i, "").trim()));
    });
  }
  return authorizers;
}

/** aws-jwt-verify fetches only over HTTPS by itself, which the emulator does not speak. */
const jwksCache = () =>
  new SimpleJwksCache({ fetcher: { fetch: async (uri) => await (await fetch(uri)).arrayBuffer() } });

/** Accepts ID tokens of the pools, for any of their app clients, signed with the keys that the emulator publishes. */
function createVerifier(catalogue: Catalogue, poolArns: string[], cognitoUrl: string) {
  const pools = catalogue.ofType("AWS::Cognito::UserPool");
  const trusted = pools.filter((pool) => poolArns.includes(catalogue.attributeOf(pool, "Arn")));
  const verifier = JwtVerifier.create(
    trusted.map((pool) => ({
      issuer: catalogue.attributeOf(pool, "ProviderURL"),
      audience: clientsOf(catalogue, catalogue.nameOf(pool)),
      jwksUri: `${cognitoUrl}/${catalogue.nameOf(pool)}/.well-known/jwks.json`,
    })),
    { jwksCache: jwksCache() },
  );
  return async (token: string): Promise<Record<string, unknown>> => {
    try {
      const claims = await verifier.verify(token);
      if (claims["token_use"] === "id") return claims;
    } catch (error) {
      if (error instanceof JwtExpiredError)
        throw new GatewayRefusal("UNAUTHORIZED", "The incoming token has expired");
    }
    throw new GatewayRefusal("UNAUTHORIZED", "Unauthorized");
  };
}

function clientsOf(catalogue: Catalogue, poolId: string): string[] {
  const clients = catalogue.ofType("AWS::Cognito::UserPoolClient");
  return clients
    .filter((client) => catalogue.properties(client)["UserPoolId"] === poolId)
    .map((client) => catalogue.nameOf(client));
}

/** API Gateway passes every claim as text: lists joined by commas, `exp` and `iat` as dates in words. */
export function claimsAsText(claims: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimAsText(name, value)]));
}

function claimAsText(name: string, value: unknown): string {
  if ((name === "exp" || name === "iat") && typeof value === "number")
    return dateInWords(new Date(value * 1000));
  if (Array.isArray(value)) return value.map((item) => claimAsText("", item)).join(",");
  return asText(value);
}

/** Formats a time like `Sat Jul 22 05:24:11 UTC 2017`. */
function dateInWords(at: Date): string {
  const [weekday = "", day = "", month = "", year = "", time = ""] = at
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

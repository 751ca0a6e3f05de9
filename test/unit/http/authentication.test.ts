import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Member } from "../../../shared/domain/ports/users.ts";
import { secretHash } from "../../../shared/domain/secret-hash.ts";
import { createAuthenticate, type Authenticate } from "../../../shared/http/authentication.ts";
import { organisation, user } from "../../support/domain.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test";
const clientId = "client";
const now = new Date();
const inAnHour = new Date(now.getTime() + 3_600_000).toISOString();

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const others = generateKeyPairSync("rsa", { modulusLength: 2048 });

const claims = (parts: Record<string, unknown> = {}) => ({
  token_use: "id",
  aud: clientId,
  iss: issuer,
  jti: "token-1",
  exp: Math.floor(now.getTime() / 1000) + 900,
  iat: Math.floor(now.getTime() / 1000),
  "cognito:username": "ftest",
  organisationId: "2",
  ...parts,
});

function token(payload: object, key: KeyObject = keys.privateKey, kid = "key"): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid, typ: "JWT" })}.${part(payload)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
}

const session = (parts: object = {}) => ({
  kind: "api" as const,
  startedAt: now.toISOString(),
  expiresAt: inAnHour,
  tokens: [secretHash("token-1")],
  ...parts,
});
const member = (parts: Partial<Member> = {}): Member => ({
  user: user({ sessions: { one: session() }, passwordExpiresAt: inAnHour }),
  organisation: organisation(),
  ...parts,
});

describe("who calls (DESIGN §3, Tokens are verified twice if need be)", () => {
  let server: Server;
  let authenticate: (found: Member | null) => Authenticate;
  let looked = 0;
  beforeAll(async () => {
    const jwk = { ...keys.publicKey.export({ format: "jwk" }), kid: "key", alg: "RS256", use: "sig" };
    server = createServer((_, answer) => answer.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
    authenticate = (found) => {
      const users = {
        findMember: (organisationId: string, username: string) => {
          looked += 1;
          return Promise.resolve(organisationId === "2" && username === "ftest" ? found : null);
        },
      };
      return createAuthenticate({ issuer, jwksUri, clientId }, { users, clock: () => now });
    };
  });
  afterAll(() => server.close());

  const event = (parts: Partial<Parameters<typeof gatewayEvent>[0]>) =>
    gatewayEvent({ method: "GET", path: "/v1/me", headers: {}, ...parts });
  const bearing = (text: string) => event({ headers: { authorization: `Bearer ${text}` } });
  const gatewayClaims = claims() as unknown as Record<string, string>;

  it("claims that the gateway verified are taken, and the account is looked at once", async () => {
    looked = 0;
    const caller = await authenticate(member())(event({ claims: gatewayClaims }));
    expect([caller.user.username, caller.sessionId, looked]).toEqual(["ftest", "one", 1]);
  });

  it("without the gateway's claims the token is verified here", async () => {
    expect((await authenticate(member())(bearing(token(claims())))).user.username).toBe("ftest");
    expect(
      (await authenticate(member())(event({ headers: { authorization: token(claims()) } }))).sessionId,
    ).toBe("one");
  });

  it.each<[string, () => string]>([
    ["signed with another key", () => token(claims(), others.privateKey)],
    ["expired", () => token(claims({ exp: Math.floor(now.getTime() / 1000) - 1 }))],
    ["of another issuer", () => token(claims({ iss: `${issuer}x` }))],
    ["for another client of the pool", () => token(claims({ aud: "portero" }))],
    ["an access token", () => token(claims({ token_use: "access" }))],
    ["of an unknown key", () => token(claims(), keys.privateKey, "none")],
    [
      "not signed",
      () => `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token(claims()).split(".")[1] ?? ""}.`,
    ],
    ["no token at all", () => "nonsense"],
    ["empty", () => ""],
  ])("a token that is %s is refused", async (_, make) => {
    await expect(authenticate(member())(bearing(make()))).rejects.toThrow("not-authenticated");
  });

  it("claims for another client, or of an access token, are refused from the gateway, too", async () => {
    for (const parts of [{ aud: "portero" }, { token_use: "access" }]) {
      const wrong = claims(parts) as unknown as Record<string, string>;
      await expect(authenticate(member())(event({ claims: wrong }))).rejects.toThrow("not-authenticated");
    }
  });

  it.each<[string, Member | null]>([
    ["the account does not exist", null],
    ["it was deleted", member({ user: user({ status: "deleted", sessions: { one: session() } }) })],
    ["it has lapsed", member({ user: user({ status: "inactive", sessions: { one: session() } }) })],
    ["the organisation is closed", member({ organisation: organisation({ status: "closed" }) })],
    [
      "the password has expired",
      member({ user: user({ sessions: { one: session() }, passwordExpiresAt: now.toISOString() }) }),
    ],
    ["the session was ended", member({ user: user({ sessions: {} }) })],
    [
      "the session has another token",
      member({ user: user({ sessions: { one: session({ tokens: ["other"] }) } }) }),
    ],
    [
      "the session is over",
      member({ user: user({ sessions: { one: session({ expiresAt: now.toISOString() }) } }) }),
    ],
  ])("a valid token is refused at once when %s (SECURITY 13)", async (_, found) => {
    await expect(authenticate(found)(event({ claims: gatewayClaims }))).rejects.toThrow("not-authenticated");
  });
});

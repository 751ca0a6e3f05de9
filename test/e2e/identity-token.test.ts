import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { identityTokenVerifier, type Trust } from "../../docs/examples/verify-identity-token.ts";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { claimsOf, Stack } from "../support/stack.ts";

/** Where the stand-in for Cognito publishes its keys, as the functions were told. */
function jwksOrigins(baseUrl: string): string[] {
  const folder = join(inject("stackFolder"), ".portero", "cdk.out");
  const templates = readdirSync(folder).filter((name) => name.endsWith(".template.json"));
  const text = templates.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const found = text.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
  return [...new Set(found)].filter((origin) => !baseUrl.startsWith(origin));
}

describe("the identity token, as Portero verifies it", () => {
  const stack = Stack.shared();
  let manager: string;
  let organisation: CareOrganisation;
  let token: string;
  let trust: Trust;

  beforeAll(async () => {
    manager = await stack.tokenOf(stack.account("contract-manager"));
    organisation = await registerCareOrganisation(stack, manager, { agbCode: null, profile: "volledig" });
    token = await stack.tokenOf(organisation.administrator);
    const { iss, aud } = claimsOf(token) as { iss: string; aud: string };
    const [origin = ""] = jwksOrigins(stack.baseUrl);
    const jwksUri = `${origin}/${iss.slice(iss.lastIndexOf("/") + 1)}/.well-known/jwks.json`;
    trust = { issuer: iss, clientId: aud, jwksUri };
  });

  it("says who this is, of which organisation, and what may be filed", async () => {
    expect(await identityTokenVerifier(trust)(token)).toMatchObject({
      "cognito:username": organisation.administrator.username,
      organisationId: organisation.id,
      agbCode: "",
      profile: "volledig",
      applicationTypes: ["Wlz", "Bopz", "Partnerverblijf"],
      identityCheckedBy: "organisation",
      roles: ["organisation-admin"],
    });
  });

  it("is refused when it was changed, or is for another client or from another issuer", async () => {
    const [head = "", body = "", signature = ""] = token.split(".");
    const claims = { ...claimsOf(token), organisationId: "1" };
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    expect(forged).not.toBe(body);
    await expect(identityTokenVerifier(trust)(`${head}.${forged}.${signature}`)).rejects.toThrow();
    await expect(identityTokenVerifier({ ...trust, clientId: "other" })(token)).rejects.toThrow();
    await expect(identityTokenVerifier({ ...trust, issuer: `${trust.issuer}x` })(token)).rejects.toThrow();
  });

  it("whoever signs in or refreshes gets no token that could change anything in Cognito (SECURITY 9)", async () => {
    const signedIn = await stack.signIn(organisation.administrator);
    const { refreshToken } = signedIn.body as { refreshToken: string };
    const refreshed = await stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    for (const { status, body } of [signedIn, refreshed]) {
      expect(status).toBeLessThan(300);
      const tokens = JSON.stringify(body).match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? [];
      // Cognito's refresh token, which is among them, says nothing of its use.
      expect(tokens.flatMap((one) => claimsOf(one)["token_use"] ?? [])).toEqual(["id"]);
      expect(tokens.filter((one) => "scope" in claimsOf(one))).toEqual([]);
    }
  });

  it("has a changed profile from the next refresh on", async () => {
    const { body } = await stack.signIn(organisation.user);
    const path = `/v1/organisations/${organisation.id}`;
    const { headers } = await stack.call("GET", path, { token: manager });
    const changed = await stack.call("PATCH", path, {
      token: manager,
      body: { profile: "basisplus-wel-id", agbCode: "47478123" },
      headers: { "If-Match": headers.get("etag") ?? "" },
    });
    expect(changed.status).toBe(200);
    const refreshed = await stack.call("POST", "/v1/sessions/refresh", {
      body: { refreshToken: body.refreshToken as string },
    });
    expect(await identityTokenVerifier(trust)(refreshed.body.idToken as string)).toMatchObject({
      agbCode: "47478123",
      profile: "basisplus-wel-id",
      applicationTypes: ["Wlz", "Bopz"],
      identityCheckedBy: "CIZ",
    });
  });
});

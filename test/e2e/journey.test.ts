import { describe, expect, it } from "vitest";
import { claimsOf, linkToken, newPerson, Stack, type Answer } from "../support/stack.ts";

/** From a signed agreement to a signed-in colleague, over HTTP, the mails read from the inbox. */
describe("the first journey", () => {
  const stack = Stack.shared();

  const registration = (parts: object = {}) => ({
    name: "Woonzorg De Boei",
    agbCode: "47479902",
    street: "Ankerplein",
    houseNumber: "3",
    postalCode: "3011 AA",
    city: "Rotterdam",
    profile: "volledig",
    emailDomains: ["deboei.example"],
    contactPerson: { name: "Nora Bol", email: "n.bol@deboei.example" },
    signatory: { name: "Piet Kroon", email: "p.kroon@deboei.example" },
    contract: { signedOn: "2026-01-05" },
    administrator: { initials: "N.", firstName: "Nora", lastName: "Bol", email: "n.bol@deboei.example" },
    ...parts,
  });
  const administratorMail = "n.bol@deboei.example";
  const colleagueMail = "b.kaya@deboei.example";
  const password = "Tulpenveld-48!";
  let registered: Answer;
  let administrator: Answer;

  it("a contract manager registers an organisation; its administrator gets the welcome mail", async () => {
    const token = await stack.tokenOf(stack.account("contract-manager"));
    registered = await stack.call("POST", "/v1/organisations", { token, body: registration() });
    expect(registered.status).toBe(201);
    const { organisation, administrator: person } = registered.body;
    expect(organisation).toMatchObject({
      id: expect.stringMatching(/^[0-9]+$/),
      displayName: "Woonzorg De Boei",
      status: "open",
      profile: { id: "volledig", name: "Volledig", applicationTypes: ["Wlz", "Bopz", "Partnerverblijf"] },
      contract: { signedOn: "2026-01-05", erai: false },
    });
    expect(person).toMatchObject({
      username: "nbol",
      roles: ["organisation-admin"],
      status: "invited",
      infix: null,
    });
    expect(registered.headers.get("location")).toBe(`/v1/organisations/${organisation.id}`);
    const [welcome] = await stack.waitForMails(administratorMail, 1);
    expect(welcome?.text).toContain("nbol");
    expect(welcome?.text).toContain(`${stack.baseUrl}/wachtwoord-aanvragen`);
    expect(welcome?.text).not.toMatch(/\/wachtwoord\/[A-Za-z0-9_-]/);
  });

  it("asking for a link answers known and unknown login names alike", async () => {
    const known = await stack.call("POST", "/v1/password-links", { body: { username: "NBol" } });
    const unknown = await stack.call("POST", "/v1/password-links", { body: { username: "no such name" } });
    expect(known.status).toBe(202);
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await stack.waitForMails(administratorMail, 2);
  });

  it("whoever forgot the login name gets it at the address, and nobody learns which addresses are known", async () => {
    const path = "/v1/login-name-reminders";
    const known = await stack.call("POST", path, { body: { email: administratorMail.toUpperCase() } });
    const unknown = await stack.call("POST", path, { body: { email: "niemand@nergens.example" } });
    expect(known.status).toBe(202);
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    const reminder = ({ subject }: { subject: string }) => subject === "Uw gebruikersnaam voor Portero";
    const [mail] = await stack.waitForMails(administratorMail, 1, undefined, reminder);
    expect(mail?.text).toContain("Gebruikersnaam: nbol");
    expect(mail?.text).not.toMatch(/\/wachtwoord\/[A-Za-z0-9_-]/);
  });

  it("looking at the link does not use it up, a newer one revokes it", async () => {
    const withLink = ({ text }: { text: string }) => text.includes("/wachtwoord/");
    const older = linkToken((await stack.mails(administratorMail)).filter(withLink).at(-1));
    for (let look = 0; look < 2; look += 1) {
      const seen = await stack.call("GET", `/v1/password-links/${older}`);
      expect(seen.status).toBe(200);
      expect(seen.body).toMatchObject({ username: "nbol", rules: { minimumLength: 8, history: 12 } });
      const hours = (Date.parse(seen.body.expiresAt as string) - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(7.9);
      expect(hours).toBeLessThanOrEqual(8);
    }
    await stack.linkFor("nbol", administratorMail);
    expect((await stack.call("GET", `/v1/password-links/${older}`)).status).toBe(410);
  });

  it("a password is judged by all rules at once, and a refused one leaves the link usable", async () => {
    const token = linkToken((await stack.mails(administratorMail)).at(-1));
    const redemption = `/v1/password-links/${token}/redemption`;
    const refused = await stack.call("POST", redemption, { body: { password: "nbol" } });
    expect(refused.status).toBe(422);
    expect(refused.body.type).toBe("urn:portero:problem:password-rejected");
    expect(refused.body.errors.map((error: { code: string }) => error.code)).toEqual([
      "too-short",
      "too-few-classes",
      "contains-name",
    ]);
    expect((await stack.call("POST", redemption, { body: { password } })).status).toBe(204);
    const again = await stack.call("POST", redemption, { body: { password: "Andersveld-49!" } });
    expect([again.status, again.body.type]).toEqual([410, "urn:portero:problem:link-expired"]);
    const never = await stack.call("GET", "/v1/password-links/not-a-link");
    expect({ ...never.body, instance: "" }).toEqual({ ...again.body, instance: "" });
  });

  it("the administrator signs in, and the token says what Portero needs", async () => {
    administrator = await stack.signIn({ username: "nbol", password });
    expect(administrator.status).toBe(201);
    expect(administrator.body).toMatchObject({
      tokenType: "Bearer",
      expiresIn: 900,
      user: { username: "nbol", status: "active", lastLoginAt: expect.any(String) },
      passwordExpiry: { warning: false },
    });
    expect(administrator.body.passwordExpiry.daysLeft).toBeGreaterThanOrEqual(89);
    expect(claimsOf(administrator.body.idToken as string)).toMatchObject({
      token_use: "id",
      "cognito:username": "nbol",
      organisationId: registered.body.organisation.id,
      agbCode: "47479902",
      profile: "volledig",
      applicationTypes: ["Wlz", "Bopz", "Partnerverblijf"],
      identityCheckedBy: "organisation",
      roles: ["organisation-admin"],
    });
    expect(JSON.stringify(administrator.body)).not.toContain("aws.cognito.signin.user.admin");
  });

  it("she reads her organisation, without what is CIZ's alone", async () => {
    const id = registered.body.organisation.id as string;
    const token = administrator.body.idToken as string;
    const seen = await stack.call("GET", `/v1/organisations/${id}`, { token });
    expect(seen.status).toBe(200);
    expect(seen.headers.get("etag")).toBe('"1"');
    expect(seen.body).not.toHaveProperty("signatory");
    const me = await stack.call("GET", "/v1/me", { token });
    expect(me.body).toMatchObject({
      user: { username: "nbol" },
      organisation: { id },
      passwordExpiry: { warning: false },
    });
  });

  it("she adds a colleague, who does the same", async () => {
    const id = registered.body.organisation.id as string;
    const token = administrator.body.idToken as string;
    const users = `/v1/organisations/${id}/users`;
    const outside = await stack.call("POST", users, { token, body: newPerson() });
    expect([outside.status, outside.body.errors[0].pointer]).toEqual([422, "/email"]);
    const colleague = { initials: "B.", firstName: "Bariş", lastName: "Kaya", email: colleagueMail };
    const added = await stack.call("POST", users, { token, body: colleague });
    expect([added.status, added.body.username]).toEqual([201, "bkaya"]);
    expect(added.headers.get("location")).toBe(`${users}/bkaya`);
    await stack.waitForMails(colleagueMail, 1);
    await stack.givePassword("bkaya", colleagueMail, "Zonnebloem-17?");
    const signedIn = await stack.signIn({ username: "bkaya", password: "Zonnebloem-17?" });
    expect([signedIn.status, signedIn.body.user.roles]).toEqual([201, []]);
    const list = await stack.call("GET", users, { token });
    expect(list.body).toMatchObject({ total: 2, next: null });
    expect(list.body.items.map((user: { username: string }) => user.username)).toEqual(["bkaya", "nbol"]);
    const seen = await stack.call("GET", `${users}/bkaya`, { token });
    expect(seen.body).toMatchObject({ status: "active", passwordLink: { state: "used" }, name: "B. Kaya" });
    expect((await stack.mails(colleagueMail)).length).toBe(2);
  });

  it("refreshing gives another token; signing out ends both at once", async () => {
    const { idToken, refreshToken } = administrator.body as { idToken: string; refreshToken: string };
    const refreshed = await stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).not.toHaveProperty("refreshToken");
    const newer = refreshed.body.idToken as string;
    expect((await stack.call("GET", "/v1/me", { token: newer })).status).toBe(200);
    expect((await stack.call("GET", "/v1/me", { token: idToken })).status).toBe(200);
    expect((await stack.call("DELETE", "/v1/sessions/current", { token: idToken })).status).toBe(204);
    for (const token of [idToken, newer]) {
      const refused = await stack.call("GET", "/v1/me", { token });
      expect([refused.status, refused.body.type]).toEqual([401, "urn:portero:problem:not-authenticated"]);
    }
    expect((await stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } })).status).toBe(401);
  });

  it("wrong password and unknown login name are answered alike", async () => {
    const wrong = await stack.signIn({ username: "nbol", password: "Wrong-12345" });
    const unknown = await stack.signIn({ username: "nobodyatall", password: "Wrong-12345" });
    const impossible = await stack.signIn({ username: "no, name!", password: "Wrong-12345" });
    for (const answer of [wrong, unknown, impossible]) {
      expect([answer.status, answer.body.type]).toEqual([401, "urn:portero:problem:invalid-credentials"]);
      expect({ ...answer.body, instance: "" }).toEqual({ ...wrong.body, instance: "" });
    }
  });

  it("only after the right password does one learn that it expired", async () => {
    const expired = stack.accounts.find((account) => account.situation === "password-expired")!;
    const right = await stack.signIn(expired);
    expect([right.status, right.body.type]).toEqual([403, "urn:portero:problem:password-expired"]);
    expect((await stack.signIn({ ...expired, password: "Wrong-12345" })).body.type).toBe(
      "urn:portero:problem:invalid-credentials",
    );
    const soon = stack.accounts.find((account) => account.situation === "password-expires-soon")!;
    expect((await stack.signIn(soon)).body.passwordExpiry).toMatchObject({ daysLeft: 10, warning: true });
  });

  it("the next of a taken name gets the next number, also at another organisation", async () => {
    const token = await stack.tokenOf(stack.account("contract-manager"));
    const body = registration({
      name: "Tweede Boei",
      agbCode: null,
      emailDomains: ["tweedeboei.example"],
      administrator: { initials: "N", firstName: "Nel", lastName: "Bol", email: "nel@tweedeboei.example" },
    });
    const second = await stack.call("POST", "/v1/organisations", { token, body });
    expect([second.status, second.body.administrator.username]).toEqual([201, "nbol2"]);
    const sameCode = await stack.call("POST", "/v1/organisations", {
      token,
      body: registration({ administrator: newPerson({ email: "other@deboei.example" }) }),
    });
    expect([sameCode.status, sameCode.body.type]).toEqual([409, "urn:portero:problem:agb-code-in-use"]);
    const unsigned = await stack.call("POST", "/v1/organisations", {
      token,
      body: registration({ contract: {} }),
    });
    expect([unsigned.status, unsigned.body.errors[0].pointer]).toEqual([400, "/contract/signedOn"]);
    const erai = await stack.call("POST", "/v1/organisations", {
      token,
      body: registration({ agbCode: null, profile: "volledig-verlenging-erai" }),
    });
    expect([erai.status, erai.body.errors[0]]).toMatchObject([
      400,
      { pointer: "/profile", code: "needs-erai" },
    ]);
  });
});

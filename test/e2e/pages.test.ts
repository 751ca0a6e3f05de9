import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { browserPath, openPage } from "../support/browser.ts";
import { linkToken, newPerson, Stack } from "../support/stack.ts";

describe.skipIf(browserPath === undefined).each([
  ["without JavaScript", false],
  ["with JavaScript", true],
])("the pages in a real browser, %s", (_, javaScriptEnabled) => {
  const stack = Stack.shared();
  let page: Page;
  const foreign: string[] = [];
  let person: { username: string; email: string };
  const password = "Tulpenveld-48!";

  const opened = openPage({ javaScriptEnabled });
  beforeAll(async () => {
    ({ page } = opened);
    page.on("request", (request) => {
      if (!request.url().startsWith(stack.baseUrl)) foreign.push(request.url());
    });
    const admin = stack.account("organisation-admin");
    const body = newPerson({ firstName: "<img src=x onerror=alert(1)>", lastName: 'Proef "&" <b>vet' });
    const path = `/v1/organisations/${admin.organisationId}/users`;
    person = (await stack.call("POST", path, { token: await stack.tokenOf(admin), body })).body;
    await stack.waitForMails(person.email, 1);
  });

  const open = (path: string) => page.goto(`${stack.baseUrl}${path}`);
  const heading = () => page.locator("h1").innerText();

  it("asking for a password, from the sign-in page", async () => {
    await open("/");
    expect(await page.title()).toContain("Inloggen Gebruikersbeheer Portero");
    await open("/wachtwoord-aanvragen");
    expect(await heading()).toBe("Nieuw wachtwoord aanvragen");
    await page.getByLabel("Gebruikersnaam").fill("bestaat niet");
    await page.getByRole("button", { name: "Wachtwoord aanvragen" }).click();
    const unknown = await page.locator("main").innerText();
    await open("/wachtwoord-aanvragen");
    await page.getByLabel("Gebruikersnaam").fill(person.username);
    await page.getByRole("button", { name: "Wachtwoord aanvragen" }).click();
    expect(await page.locator("main").innerText()).toBe(unknown);
    await stack.waitForMails(person.email, 2);
  });

  it("the link from the mail: all failed rules, then set, then expired", async () => {
    const link = `/wachtwoord/${linkToken((await stack.mails(person.email)).at(-1))}`;
    await open(link);
    expect(await page.locator("main").innerText()).toContain("Wachtwoord");
    expect(await page.locator('input[autocomplete="username"]').inputValue()).toBe(person.username);
    const set = async (first: string, second: string) => {
      const [one, two] = await page.locator('input[type="password"]').all();
      await one!.fill(first);
      await two!.fill(second);
      await page.getByRole("button", { name: "Wachtwoord instellen" }).click();
    };
    await set("kort", "kort");
    const rejected = await page.locator("main").innerText();
    expect(rejected).toContain("8");
    expect(await page.locator('input[type="password"]').first().inputValue()).toBe("");
    await set(password, "Anders-12345");
    expect(page.url()).toContain("/wachtwoord/");
    await set(password, password);
    expect(new URL(page.url()).pathname).toBe("/welkom");
    expect(await page.getByRole("status").innerText()).toContain(
      "Uw wachtwoord is ingesteld en u bent ingelogd.",
    );
    await page.getByRole("button", { name: "Log uit" }).click();
    await open(link);
    expect(await heading()).toBe("De link is verlopen");
  });

  it("signing in shows who one is and until when the password lasts", async () => {
    await open("/");
    await page.getByLabel("Gebruikersnaam").fill(person.username);
    await page.getByLabel("Wachtwoord", { exact: true }).fill("Verkeerd-12345");
    await page.getByRole("button", { name: "Log in" }).click();
    expect(await page.getByLabel("Gebruikersnaam").inputValue()).toBe(person.username);
    await page.getByLabel("Wachtwoord", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
    expect(new URL(page.url()).pathname).toBe("/welkom");
    const welcome = await page.locator("main").innerText();
    expect(welcome).toContain('Proef "&" <b>vet');
    expect(welcome).toContain("De Zonnehof");
    const cookies = (await page.context().cookies()).toSorted((a, b) => a.name.localeCompare(b.name));
    const safe = { httpOnly: true, secure: true, sameSite: "Strict", path: "/" };
    expect(cookies).toMatchObject([
      { name: "__Host-portero", ...safe },
      { name: "__Host-portero-device", ...safe },
    ]);
    expect(cookies.map(({ value }) => value).join()).not.toContain(person.email);
  });

  it("signing out ends the session, also for a copy of the cookie", async () => {
    const cookie = (await page.context().cookies()).find(({ name }) => name === "__Host-portero");
    await page.getByRole("button", { name: "Log uit" }).click();
    expect(new URL(page.url()).pathname).toBe("/");
    const copy = await fetch(`${stack.baseUrl}/welkom`, {
      headers: { Cookie: `${cookie!.name}=${cookie!.value}` },
      redirect: "manual",
    });
    expect(copy.status).toBe(303);
  });

  it("someone whose password is about to expire is told so", async () => {
    const soon = stack.accounts.find((account) => account.situation === "password-expires-soon")!;
    await open("/");
    await page.getByLabel("Gebruikersnaam").fill(soon.username);
    await page.getByLabel("Wachtwoord", { exact: true }).fill(soon.password);
    await page.getByRole("button", { name: "Log in" }).click();
    const text = await page.locator("main").innerText();
    expect(text).toContain("Uw wachtwoord is bijna verlopen");
    expect(text).toContain("10 dagen");
  });

  it("nothing is loaded from elsewhere, nothing breaks the content security policy", () => {
    expect(foreign).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });
});

describe("the pages' answers", () => {
  const stack = Stack.shared();

  it.each(["/", "/wachtwoord-aanvragen", "/wachtwoord/none", "/welkom"])(
    "%s has strict headers",
    async (path) => {
      const answer = await fetch(`${stack.baseUrl}${path}`, { redirect: "manual" });
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe-inline");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    },
  );

  it("a form from another site is refused", async () => {
    const answer = await fetch(`${stack.baseUrl}/wachtwoord-aanvragen`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: "https://evil.example" },
      body: "username=kbakker",
    });
    expect(answer.status).toBe(403);
  });
});

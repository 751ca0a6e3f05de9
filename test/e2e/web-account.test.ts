import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityViolations } from "../support/axe.ts";
import { browserPath, launchBrowser, openPage, withAndWithoutJavaScript } from "../support/browser.ts";
import { signInOn } from "../support/screens/visitor.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const password = "Tulpenveld-48!";

/** A new user of the administrator's organisation, who has set no password yet. */
async function newcomer(): Promise<{ username: string; email: string }> {
  const admin = stack.account("organisation-admin");
  const { body } = await stack.call("POST", `/v1/organisations/${admin.organisationId}/users`, {
    token: await stack.tokenOf(admin),
    body: newPerson(),
  });
  await stack.waitForMails(body.email, 1);
  return { username: body.username, email: body.email };
}

/** One who has. */
async function someone(): Promise<{ username: string; password: string }> {
  const { username, email } = await newcomer();
  await stack.givePassword(username, email, password);
  return { username, password };
}

withAndWithoutJavaScript("someone who is signed in on the pages, %s", (_, javaScriptEnabled) => {
  let page: Page;
  let account: { username: string; password: string };
  const heading = () => page.locator("h1").innerText();

  const opened = openPage({ javaScriptEnabled });
  beforeAll(async () => {
    ({ page } = opened);
    account = await someone();
    await signInOn(page, stack, account);
  });

  it("sees only a page of their own without an administrator's role", async () => {
    expect(new URL(page.url()).pathname).toBe("/welkom");
    expect(await page.getByRole("navigation", { name: "Menu" }).getByRole("link").allInnerTexts()).toEqual([
      "Welkom",
    ]);
    const { organisationId } = stack.account("organisation-admin");
    await page.goto(`${stack.baseUrl}/organisaties/${organisationId}`);
    expect(await heading()).toBe("U mag dit niet");
  });

  it("switches to English and back, and the browser remembers", async () => {
    await page.goto(`${stack.baseUrl}/welkom`);
    await page.getByRole("link", { name: "English" }).click();
    expect(await heading()).toBe("Welcome");
    await page.goto(`${stack.baseUrl}/hulp`);
    expect(await heading()).toBe("Help");
    await page.getByRole("link", { name: "Nederlands" }).click();
    expect(await heading()).toBe("Hulp");
  });

  it("changes their password, and is told what is wrong with it first", async () => {
    await page.goto(`${stack.baseUrl}/welkom`);
    await page.getByRole("link", { name: "Wachtwoord wijzigen" }).click();
    const change = async (current: string, wanted: string) => {
      await page.getByLabel("Huidig wachtwoord").fill(current);
      await page.getByLabel("Nieuw wachtwoord", { exact: true }).fill(wanted);
      await page.getByLabel("Nieuw wachtwoord nog een keer").fill(wanted);
      await page.getByRole("button", { name: "Wachtwoord wijzigen" }).click();
    };
    await change("Verkeerd-12345", "Rozentuin-77!");
    expect(await page.getByRole("alert").innerText()).toContain("Vul uw huidige wachtwoord in.");
    await change(password, "kort");
    expect(await page.getByRole("alert").innerText()).toContain("Uw wachtwoord is te kort.");
    const elsewhere = await opened.browser.newContext({ locale: "nl-NL" });
    const other = await elsewhere.newPage();
    await signInOn(other, stack, account);
    await change(password, "Rozentuin-77!");
    expect(await heading()).toBe("Uw wachtwoord is gewijzigd");
    await page.getByRole("link", { name: "Verder" }).click();
    expect(await heading()).toBe("Welkom");
    await other.goto(`${stack.baseUrl}/welkom`);
    expect(await other.getByRole("status").innerText()).toContain("U bent uitgelogd.");
    await elsewhere.close();
  });
});

withAndWithoutJavaScript(
  "a browser in which somebody sets a password with a link, %s",
  (_, javaScriptEnabled) => {
    let page: Page;
    let account: { username: string; email: string };
    const heading = () => page.locator("h1").innerText();
    const opened = openPage({ javaScriptEnabled });
    beforeAll(async () => {
      ({ page } = opened);
      account = await newcomer();
    });

    async function fillPassword(wanted: string): Promise<void> {
      await page.goto(`${stack.baseUrl}/wachtwoord/${await stack.linkFor(account.username, account.email)}`);
      await page.getByLabel("Nieuw wachtwoord", { exact: true }).fill(wanted);
      await page.getByLabel("Nieuw wachtwoord nog een keer").fill(wanted);
    }
    async function lockedByStrangers(): Promise<void> {
      const { username } = account;
      for (let time = 0; time < 5; time += 1) await stack.signIn({ username, password: "Verkeerd-12345" });
      expect((await stack.signIn({ username, password })).status).toBe(429);
    }

    it("is signed in, though strangers keep the login name locked", async () => {
      await lockedByStrangers();
      await fillPassword(password);
      await page.getByRole("button", { name: "Wachtwoord instellen" }).click();
      expect(await heading()).toBe("Welkom");
      expect(await page.getByRole("status").innerText()).toContain("Uw wachtwoord is ingesteld");
    });

    it("is known from then on: its owner signs in while strangers are kept out", async () => {
      await page.getByRole("button", { name: "Log uit" }).click();
      await lockedByStrangers();
      await signInOn(page, stack, { username: account.username, password });
      expect(await heading()).toBe("Welkom");
      expect((await stack.signIn({ username: account.username, password })).status).toBe(429);
    });

    it("a double click says that it worked, whichever answer the browser shows", async () => {
      await page.context().clearCookies();
      await fillPassword("Korenbloem-77?");
      await page.getByRole("button", { name: "Wachtwoord instellen" }).dblclick({ noWaitAfter: true });
      await page.waitForURL((url) => url.pathname === "/welkom" || url.pathname.startsWith("/wachtwoord/"));
      await page.locator("input[name=repeat]").waitFor({ state: "detached" });
      expect(["Welkom", "Uw wachtwoord is ingesteld"]).toContain(await heading());
    });
  },
);

describe.skipIf(browserPath === undefined)("with JavaScript", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  it("the rules for a password are ticked off while one types, without a word to the server", async () => {
    const page = await browser.newPage({ locale: "nl-NL" });
    await signInOn(page, stack, await someone());
    await page.goto(`${stack.baseUrl}/wachtwoord-wijzigen`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const field = page.getByLabel("Nieuw wachtwoord", { exact: true });
    const rule = (code: string) => page.locator(`[data-rule="${code}"]`).innerText();
    await field.fill("kort");
    expect(await rule("too-short")).toMatch(/^Nog niet goed: Gebruik ten minste 8 tekens/);
    await field.fill("Tulpenveld-49");
    expect(await rule("too-short")).toMatch(/^Goed: /);
    expect(await rule("too-few-classes")).toMatch(/^Goed: /);
    expect(await rule("recently-used")).toMatch(/^Gebruik/);
    await field.fill("");
    expect(await rule("too-short")).toMatch(/^Gebruik/);
    expect(asked).toEqual([]);
  });

  it("a page asks for two files at most, of 60 KB at most with itself", async () => {
    const page = await browser.newPage({ locale: "nl-NL" });
    await signInOn(page, stack, await someone());
    for (const path of ["/welkom", "/wachtwoord-wijzigen"]) {
      const fresh = await browser.newContext({ storageState: await page.context().storageState() });
      const visit = await fresh.newPage();
      const sizes: Promise<number>[] = [];
      visit.on("response", (response) => sizes.push(response.body().then(({ length }) => length)));
      await visit.goto(`${stack.baseUrl}${path}`, { waitUntil: "networkidle" });
      expect(sizes.length).toBeLessThanOrEqual(3);
      expect((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
      await fresh.close();
    }
  });
});

describe.skipIf(browserPath === undefined).each(["nl", "en"])("accessibility in %s (WCAG 2.2 AA)", (taal) => {
  let page: Page;
  const account = stack.account("organisation-admin");

  const opened = openPage({ bypassCSP: true });
  beforeAll(() => {
    ({ page } = opened);
  });

  it.each(["/", "/hulp", "/wachtwoord-aanvragen", "/wachtwoord/none"])("%s", async (path) => {
    await page.goto(`${stack.baseUrl}${path}?taal=${taal}`);
    expect(await page.locator("html").getAttribute("lang")).toBe(taal);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it("errors in a form, which have the focus", async () => {
    await page.goto(`${stack.baseUrl}/?taal=${taal}`);
    await page.locator("main button").click();
    expect(await page.getByRole("alert").evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it("everything behind the sign-in", async () => {
    await page.goto(`${stack.baseUrl}/?taal=nl`);
    await signInOn(page, stack, account);
    const { organisationId } = account;
    for (const path of ["/welkom", "/wachtwoord-wijzigen", `/organisaties/${organisationId}`, "/hulp"]) {
      await page.goto(`${stack.baseUrl}${path}?taal=${taal}`);
      expect(await accessibilityViolations(page), path).toEqual([]);
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = await page.evaluate(
          "document.documentElement.scrollWidth > document.documentElement.clientWidth",
        );
        expect(sideways, `${path} at ${width} pixels`).toBe(false);
      }
    }
  });

  it("a password that is about to expire", async () => {
    const soon = stack.accounts.find(({ situation }) => situation === "password-expires-soon");
    const other = await (await opened.browser.newContext({ bypassCSP: true, locale: "nl-NL" })).newPage();
    await signInOn(other, stack, soon ?? account);
    await other.goto(`${stack.baseUrl}/wachtwoord-verloopt?taal=${taal}`);
    expect(new URL(other.url()).pathname).toBe("/wachtwoord-verloopt");
    expect(await accessibilityViolations(other)).toEqual([]);
  });
});

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { accessibilityViolations } from "../support/axe.ts";
import { launchBrowser, withAndWithoutJavaScript } from "../support/browser.ts";
import { endSession, signInOn } from "../support/screens/visitor.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const admin = stack.account("organisation-admin");
const manager = stack.account("contract-manager");

withAndWithoutJavaScript("whose session ends while they fill in a form, %s", (_, javaScriptEnabled) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const heading = () => page.locator("h1").innerText();
  const press = (words: string) => page.getByRole("button", { name: words, exact: true }).click();
  const valueOf = (name: string) => page.locator(`main [name="${name}"]`).inputValue();

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    // The pages' policy blocks axe-core, which is a script.
    context = await browser.newContext({ javaScriptEnabled, locale: "nl-NL", bypassCSP: javaScriptEnabled });
    page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await context.close();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function signInHere(account: { username: string; password: string }): Promise<void> {
    await page.getByLabel("Gebruikersnaam").fill(account.username);
    await page.getByLabel("Wachtwoord", { exact: true }).fill(account.password);
    await press("Log in");
  }

  async function sendTooLate(person: Record<string, string>): Promise<void> {
    await signInOn(page, stack, admin);
    await page.goto(`${stack.baseUrl}/organisaties/${admin.organisationId}/gebruiker-toevoegen`);
    for (const [name, value] of Object.entries(person)) {
      await page.locator(`main [name="${name}"]`).fill(value);
    }
    await endSession(context, stack);
    await press("Gebruiker toevoegen");
  }

  const someone = () =>
    newPerson({ infix: `"><b>`, memo: `<img src=x onerror=alert(1)>\n'tweede' regel` }) as Record<
      string,
      string
    >;

  it("signs in again, finds everything where it was, and sends it", async () => {
    const person = someone();
    await sendTooLate(person);
    expect(await page.getByRole("status").innerText()).toContain(
      "Wat u had ingevuld, krijgt u daarna terug.",
    );
    if (javaScriptEnabled) expect(await accessibilityViolations(page)).toEqual([]);
    await signInHere({ username: admin.username, password: "Verkeerd-12345" });
    expect(await page.getByRole("alert").innerText()).toContain("Inloggen is niet gelukt");
    await signInHere(admin);
    expect(await heading()).toBe("U bent weer ingelogd");
    if (javaScriptEnabled) expect(await accessibilityViolations(page)).toEqual([]);
    await press("Terug naar het formulier");
    expect(await heading()).toBe("Nieuwe gebruiker");
    expect(await page.getByRole("alert").innerText()).toContain("Er is nog niets verstuurd");
    for (const [name, value] of Object.entries(person)) expect(await valueOf(name)).toBe(value);
    expect(await page.locator("main img, main b").count()).toBe(0);
    expect(await stack.mails(person["email"])).toEqual([]);
    await page.locator('main [name="infix"]').fill("");
    await press("Gebruiker toevoegen");
    expect(await heading()).toBe("De gebruiker is toegevoegd");
    await stack.waitForMails(person["email"] ?? "", 1);
  });

  it("another user who signs in there does not see the form", async () => {
    const person = someone();
    await sendTooLate(person);
    await signInHere(stack.account(null));
    expect(new URL(page.url()).pathname).toBe("/welkom");
    expect(await page.content()).not.toContain(person["email"]);
  });

  it("does not lose ticks either, and records nothing by signing in", async () => {
    const path = `/organisaties/${admin.organisationId}/incident-vastleggen`;
    await signInOn(page, stack, manager);
    await page.goto(stack.baseUrl + path);
    await page.getByLabel("Onzorgvuldig gebruik").check();
    await page.locator('[name="zoeken"]').fill(admin.username);
    await press("Zoek gebruikers");
    await page.getByLabel(new RegExp(`\\(${admin.username}\\)`)).check();
    await page.locator('[name="description"]').fill("Twee regels\nen nog een");
    await endSession(context, stack);
    await press("Incident vastleggen");
    await signInHere(manager);
    await press("Terug naar het formulier");
    expect(await page.getByLabel("Onzorgvuldig gebruik").isChecked()).toBe(true);
    expect(await page.getByLabel(new RegExp(admin.username)).isChecked()).toBe(true);
    expect(await valueOf("description")).toBe("Twee regels\nen nog een");
    await page.goto(`${stack.baseUrl}/organisaties/${admin.organisationId}/incidenten`);
    expect(await page.locator("main").innerText()).not.toContain("en nog een");
  });

  it("nothing breaks the content security policy", () => {
    expect(complaints.filter((text) => !text.startsWith("Failed to load resource"))).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityViolations } from "../support/axe.ts";
import { browserPath, openPage, withAndWithoutJavaScript } from "../support/browser.ts";
import { signInOn } from "../support/screens/visitor.ts";
import { linkToken, newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const admin = stack.account("organisation-admin");
const users = `${stack.baseUrl}/organisaties/${admin.organisationId}/gebruikers`;

withAndWithoutJavaScript("an administrator on the pages, %s", (_, javaScriptEnabled) => {
  let page: Page;
  const person = newPerson({ firstName: "<img src=x onerror=alert(1)>" }) as Record<string, string>;
  const { lastName = "", email = "" } = person;
  let username: string;

  const opened = openPage({ javaScriptEnabled });
  beforeAll(async () => {
    ({ page } = opened);
    await signInOn(page, stack, admin);
  });
  const heading = () => page.locator("h1").innerText();

  it("adds a user, and is told what is missing first", async () => {
    await page.getByRole("link", { name: "Ga naar gebruikers" }).click();
    await page.getByRole("link", { name: "Nieuwe gebruiker toevoegen" }).click();
    await page.getByLabel("voornaam").fill(person["firstName"] ?? "");
    await page.getByRole("button", { name: "Gebruiker toevoegen" }).click();
    const alert = page.getByRole("alert");
    expect(await alert.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    expect(await alert.innerText()).toContain("achternaam: Vul dit veld in.");
    expect(await page.getByLabel("voornaam").inputValue()).toBe(person["firstName"]);
    await page.getByLabel("voorletters").fill("F.");
    await page.getByLabel("achternaam").fill(lastName);
    await page.getByLabel("email").fill(email);
    await page.getByRole("button", { name: "Gebruiker toevoegen" }).click();
    expect(await heading()).toBe("De gebruiker is toegevoegd");
    username = `f${lastName.toLowerCase()}`;
    expect(await page.locator("main").innerText()).toContain(`de inlognaam ${username} gekregen`);
    await stack.waitForMails(email, 1);
    await page.getByRole("link", { name: "Verder" }).click();
    expect(await heading()).toBe("Gebruikers");
  });

  it("finds, sorts and downloads users", async () => {
    await page.getByLabel("Zoeken").fill(lastName.toUpperCase());
    await page.getByRole("button", { name: "Zoek", exact: true }).click();
    expect(await page.locator("tbody tr").count()).toBe(1);
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download als CSV" }).click();
    const file = readFileSync(await (await waiting).path(), "utf8");
    expect(file).toContain(username);
    await page.getByRole("link", { name: "Wis filter" }).click();
    expect(await page.locator("tbody tr").count()).toBeGreaterThan(1);
    await page.getByRole("link", { name: "Naam", exact: true }).click();
    expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    const up = await page.locator("tbody tr td:nth-child(2)").allInnerTexts();
    await page.getByRole("link", { name: /^Naam/ }).click();
    expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("descending");
    expect(up).not.toEqual(await page.locator("tbody tr td:nth-child(2)").allInnerTexts());
  });

  it("edits a user; of two at once the second is told", async () => {
    await page.goto(`${users}/${username}`);
    const other = await page.context().newPage();
    await other.goto(`${users}/${username}`);
    await page.getByLabel("telefoonnummer").fill("010 123 45 67");
    await page.getByRole("button", { name: "Wijzigingen opslaan" }).click();
    expect(await page.getByRole("status").innerText()).toBe("De wijzigingen zijn opgeslagen.");
    await other.getByLabel("memo").fill("Alleen op maandag");
    await other.getByRole("button", { name: "Wijzigingen opslaan" }).click();
    expect(await other.getByRole("alert").innerText()).toContain("Iemand anders");
    expect(await other.getByLabel("memo").inputValue()).toBe("Alleen op maandag");
    expect(await other.locator("main").innerText()).toContain("010 123 45 67");
    await other.close();
  });

  it("sends a user a link, which opens the page to set a password", async () => {
    await page.goto(`${users}/${username}`);
    await page.getByRole("button", { name: "Stuur een nieuwe link" }).click();
    expect(await page.getByRole("status").innerText()).toContain("onderweg");
    const mails = await stack.waitForMails(email, 2);
    await page.goto(`${stack.baseUrl}/wachtwoord/${linkToken(mails.at(-1))}`);
    expect(await heading()).toBe("Wachtwoord instellen");
  });

  it("deletes a user with a reason, finds them among the deleted, and creates them again", async () => {
    await page.goto(`${users}/${username}`);
    await page.getByRole("link", { name: "Gebruiker verwijderen" }).click();
    await page.getByRole("button", { name: "Ja" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("Reden: Vul dit veld in.");
    await page.getByLabel("Reden").fill("Uit <b>dienst</b>");
    await page.getByRole("button", { name: "Ja" }).click();
    expect(await heading()).toBe("De gebruiker is verwijderd");
    await page.getByRole("link", { name: "Terug naar overzicht" }).click();
    await page.getByLabel("Zoeken").fill(lastName);
    await page.getByRole("button", { name: "Zoek", exact: true }).click();
    expect(await page.locator("main").innerText()).toContain("Er zijn geen gebruikers gevonden.");
    await page.getByLabel("Toon verwijderde gebruikers").check();
    await page.getByRole("button", { name: "Zoek", exact: true }).click();
    expect(await page.locator("tbody tr").innerText()).toContain("Uit <b>dienst</b>");
    await page.getByRole("link", { name: username }).click();
    await page.getByRole("link", { name: "Maak deze gebruiker opnieuw" }).click();
    expect(await page.getByLabel("achternaam").inputValue()).toBe(lastName);
    await page.getByRole("button", { name: "Gebruiker toevoegen" }).click();
    expect(await page.locator("main").innerText()).toContain(`de inlognaam ${username}2 gekregen`);
  });

  it("sees nothing of another organisation", async () => {
    const foreign = stack.accounts.find(
      ({ organisationId }) => organisationId !== admin.organisationId && organisationId !== "1",
    );
    const there = `${stack.baseUrl}/organisaties/${foreign?.organisationId ?? ""}`;
    for (const path of [
      "",
      "/gebruikers",
      `/gebruikers/${foreign?.username ?? ""}`,
      "/gebruiker-toevoegen",
    ]) {
      const answer = await page.goto(there + path);
      expect(answer?.status(), path).toBe(404);
      expect(await heading()).toBe("Niet gevonden");
    }
  });

  it("nothing breaks the content security policy", () => {
    expect(opened.complaints).toEqual([]);
  });
});

describe.skipIf(browserPath === undefined).each(["nl", "en"])(
  "accessibility of the pages about users in %s (WCAG 2.2 AA)",
  (taal) => {
    let page: Page;
    const opened = openPage({ bypassCSP: true });
    beforeAll(async () => {
      ({ page } = opened);
      await signInOn(page, stack, admin);
    });

    const check = async (what: string) => {
      expect(await page.locator("html").getAttribute("lang"), what).toBe(taal);
      expect(await accessibilityViolations(page), what).toEqual([]);
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
        expect(await page.evaluate(sideways), `${what} at ${width} pixels`).toBe(false);
      }
    };

    it.each([
      "?verwijderd=ja&sorteer=-name&",
      "?zoeken=bestaatniet&",
      `?zoeken=${"x".repeat(101)}&`,
      `/${admin.username}?`,
      `/${admin.username}?gedaan=opgeslagen&`,
      `/${admin.username}/verwijderen?`,
    ])("gebruikers%s", async (address) => {
      await page.goto(`${users}${address}taal=${taal}`);
      await check(address);
    });

    it("the form for a new user, with errors and without", async () => {
      await page.goto(
        `${stack.baseUrl}/organisaties/${admin.organisationId}/gebruiker-toevoegen?taal=${taal}`,
      );
      await check("new user");
      await page.locator("main button").click();
      await check("new user with errors");
    });
  },
);

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, withAndWithoutJavaScript } from "../support/browser.ts";
import { signInOn } from "../support/screens/visitor.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const admin = stack.account("organisation-admin");
const password = "Tulpenveld-48!";

withAndWithoutJavaScript("the whole journey, %s", (_, javaScriptEnabled) => {
  let browser: Browser;
  /** The administrator's browser is `office`, the new user's is `home`. */
  let office: Page;
  let home: Page;
  /** The inbox is a page of its own that needs JavaScript. */
  let inbox: Page;
  const person = newPerson({ initials: "Z.", firstName: "Zoë" }) as Record<string, string>;
  const { lastName = "", email = "" } = person;
  let username = "";
  let link = "";

  beforeAll(async () => {
    browser = await launchBrowser();
    const someone = () => browser.newContext({ javaScriptEnabled, locale: "nl-NL" });
    office = await (await someone()).newPage();
    home = await (await someone()).newPage();
    inbox = await browser.newPage();
    await signInOn(office, stack, admin);
  });
  afterAll(async () => {
    await browser.close();
  });

  const heading = (page: Page) => page.locator("h1").innerText();
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

  /** Clicks a link in the newest mail to the newcomer, and says where it led in a tab of its own. */
  async function clickInMail(count: number, address: RegExp): Promise<string> {
    await stack.waitForMails(email, count);
    await inbox.goto(stack.mailUrl);
    const mail = inbox.locator(".email", { hasText: email }).first();
    await mail.getByRole("button", { name: "Toggle HTML view" }).click();
    const links = mail.frameLocator("iframe").getByRole("link");
    const opened = inbox.context().waitForEvent("page");
    for (const one of await links.all()) {
      if (!address.test((await one.getAttribute("href")) ?? "")) continue;
      await one.click({ button: "middle" });
      const tab = await opened;
      await tab.waitForLoadState();
      const url = tab.url();
      await tab.close();
      return url;
    }
    throw new Error(`no such link in the mail to ${email}`);
  }

  it("an administrator adds a user, who gets the welcome mail", async () => {
    await office.getByRole("link", { name: "Ga naar gebruikers" }).click();
    await office.getByRole("link", { name: "Nieuwe gebruiker toevoegen" }).click();
    for (const [label, field] of [
      ["voorletters", "initials"],
      ["voornaam", "firstName"],
      ["achternaam", "lastName"],
      ["email", "email"],
    ] as const) {
      await office.getByLabel(label).fill(person[field] ?? "");
    }
    await press(office, "Gebruiker toevoegen");
    username = `z${lastName.toLowerCase()}`;
    expect(await office.locator("main").innerText()).toContain(`de inlognaam ${username} gekregen`);
    await office.getByRole("link", { name: "Verder" }).click();
    expect(await heading(office)).toBe("Gebruikers");
  });

  it("the welcome mail leads to the page where one asks for a password", async () => {
    await home.goto(await clickInMail(1, /wachtwoord-aanvragen$/));
    expect(await heading(home)).toBe("Nieuw wachtwoord aanvragen");
    await home.getByLabel("Gebruikersnaam").fill(username);
    await press(home, "Wachtwoord aanvragen");
    expect(await heading(home)).toBe("Kijk in uw mail");
  });

  it("the link in the mail sets a password, once", async () => {
    link = await clickInMail(2, /\/wachtwoord\/[\w-]{43}$/);
    for (const visit of [1, 2]) {
      await home.goto(link);
      expect(await heading(home), `visit ${visit}`).toBe("Wachtwoord instellen");
    }
    await home.getByLabel("Nieuw wachtwoord", { exact: true }).fill(password);
    await home.getByLabel("Nieuw wachtwoord nog een keer").fill(password);
    await press(home, "Wachtwoord instellen");
    expect(await heading(home)).toBe("Welkom");
    expect(await home.getByRole("status").innerText()).toContain("Uw wachtwoord is ingesteld");
    await press(home, "Log uit");
    await home.goto(link);
    expect(await heading(home)).toBe("De link is verlopen");
    await home.getByRole("link", { name: "Nieuw wachtwoord aanvragen" }).click();
    expect(await heading(home)).toBe("Nieuw wachtwoord aanvragen");
  });

  it("the user signs in", async () => {
    await signInOn(home, stack, { username, password });
    expect(await heading(home)).toBe("Welkom");
    expect(await home.locator("main").innerText()).toContain(username);
  });

  it("the administrator finds and edits the user, whose page then says so", async () => {
    await office.getByLabel("Zoeken").fill(lastName);
    await press(office, "Zoek");
    await office.getByRole("link", { name: username, exact: true }).click();
    expect(await office.locator("main").innerText()).toContain("gebruikt, verstuurd op");
    await office.getByLabel("tussenvoegsel").fill("van");
    await press(office, "Wijzigingen opslaan");
    expect(await office.getByRole("status").innerText()).toBe("De wijzigingen zijn opgeslagen.");
    await home.reload();
    expect(await home.locator("main").innerText()).toContain(`Z. van ${lastName}`);
  });

  it("the audit trail of the user tells all of it", async () => {
    await office.getByRole("link", { name: "Logboek van deze gebruiker" }).click();
    const told = await office.locator("tbody").innerText();
    for (const sentence of [
      `Gebruiker ${username} is toegevoegd door ${admin.username}.`,
      `Het eerste wachtwoord van gebruiker ${username} is ingesteld.`,
      `Gebruiker ${username} heeft ingelogd.`,
      `De gegevens van gebruiker ${username} zijn gewijzigd door ${admin.username}: tussenvoegsel.`,
    ]) {
      expect(told).toContain(sentence);
    }
    await office.getByLabel("Gedaan door").fill(admin.username.toUpperCase());
    await press(office, "Zoek");
    expect(await office.locator("tbody").innerText()).not.toContain("heeft ingelogd");
    expect(await office.getByLabel("Over wie of wat").inputValue()).toBe(username);
  });

  it("the administrator deletes the user, who is out at once", async () => {
    await office.goto(
      `${stack.baseUrl}/organisaties/${admin.organisationId}/gebruikers/${username}/verwijderen`,
    );
    await office.getByLabel("Reden").fill("Werkt hier niet meer");
    await press(office, "Ja");
    expect(await heading(office)).toBe("De gebruiker is verwijderd");
    await home.reload();
    expect(await home.getByRole("status").innerText()).toContain("U bent uitgelogd.");
    await signInOn(home, stack, { username, password });
    expect(await home.getByRole("alert").innerText()).toContain("Inloggen is niet gelukt");
  });

  it("the administrator signs out, everywhere at once", async () => {
    const elsewhere = await office.context().newPage();
    await elsewhere.goto(`${stack.baseUrl}/welkom`);
    await press(office, "Log uit");
    expect(new URL(office.url()).pathname).toBe("/");
    await elsewhere.reload();
    expect(new URL(elsewhere.url()).pathname).toBe("/");
  });
});

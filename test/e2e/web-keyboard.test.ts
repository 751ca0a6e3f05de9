import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { browserPath, openPage } from "../support/browser.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const admin = stack.account("organisation-admin");

interface Focus {
  readonly name: string;
  /** True if the focus has a visible mark. */
  readonly visible: boolean;
}

/** The name of the element with the focus: a link's or button's words, a field's label. */
const focus = `(() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? one.getAttribute("aria-label") ?? one.innerText ?? "";
  const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(one);
  const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  return { name: label.trim(), visible: outlined || boxShadow !== "none" || backgroundColor === "rgb(255, 221, 0)" };
})()`;

/** Uses only Tab, Enter, Space and letters. */
describe.skipIf(browserPath === undefined)("with the keyboard alone", () => {
  let page: Page;
  const { lastName = "", email = "" } = newPerson() as Record<string, string>;

  const opened = openPage();
  beforeAll(async () => {
    ({ page } = opened);
    await page.goto(`${stack.baseUrl}/`);
  });

  /** Presses Tab until the element with this name has the focus; each focus on the way must be visible. */
  async function tabTo(name: string): Promise<void> {
    const passed: string[] = [];
    while (passed.at(-1) !== name) {
      if (passed.length > 60) throw new Error(`Tab does not come to "${name}", but to ${passed.join(", ")}`);
      await page.keyboard.press("Tab");
      const now = await page.evaluate<Focus>(focus);
      expect(now, now.name).toMatchObject({ visible: true });
      passed.push(now.name);
    }
  }
  const type = (text: string) => page.keyboard.type(text);
  async function press(key: "Enter" | "Space"): Promise<void> {
    const moved = page.waitForEvent("domcontentloaded");
    await page.keyboard.press(key);
    await moved;
  }
  const heading = () => page.locator("h1").innerText();

  it("one can skip to the content, and sign in", async () => {
    await page.keyboard.press("Tab");
    expect(await page.evaluate<Focus>(focus)).toMatchObject({ name: "Direct naar de inhoud", visible: true });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect((await page.evaluate<Focus>(focus)).name).toBe("Gebruikersnaam");
    await type(admin.username);
    await tabTo("Wachtwoord");
    await type(admin.password);
    await press("Enter");
    expect(await heading()).toBe("Welkom");
  });

  it("one can add a user; what is wrong has the focus, and leads to its field", async () => {
    await tabTo("Ga naar gebruikers");
    await press("Enter");
    await tabTo("Nieuwe gebruiker toevoegen");
    await press("Enter");
    await tabTo("voorletters");
    await type("K.");
    await tabTo("voornaam");
    await type("Kim");
    await tabTo("email");
    await type(email);
    await press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("fouten");
    await tabTo("achternaam: Vul dit veld in.");
    await page.keyboard.press("Enter");
    expect((await page.evaluate<Focus>(focus)).name).toBe("achternaam");
    await type(lastName);
    await tabTo("Gebruiker toevoegen");
    await press("Space");
    expect(await heading()).toBe("De gebruiker is toegevoegd");
  });

  it("one can find, edit and delete a user", async () => {
    await tabTo("Verder");
    await press("Enter");
    await tabTo("Zoeken");
    await type(lastName);
    await press("Enter");
    const username = `k${lastName.toLowerCase()}`;
    await tabTo(username);
    await press("Enter");
    await tabTo("memo (niet verplicht)");
    await type("Werkt op maandag");
    await tabTo("Wijzigingen opslaan");
    await press("Enter");
    expect(await page.getByRole("status").innerText()).toBe("De wijzigingen zijn opgeslagen.");
    await tabTo("Gebruiker verwijderen");
    await press("Enter");
    await tabTo("Reden");
    await type("Werkt hier niet meer");
    await tabTo("Ja");
    await press("Space");
    expect(await heading()).toBe("De gebruiker is verwijderd");
  });

  it("one can tick a box, sort a column, and sign out", async () => {
    await tabTo("Terug naar overzicht");
    await press("Enter");
    await tabTo("Toon verwijderde gebruikers");
    await page.keyboard.press("Space");
    await tabTo("Zoek");
    await press("Enter");
    expect(new URL(page.url()).search).toContain("verwijderd=ja");
    await tabTo("Naam");
    await press("Enter");
    expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    await tabTo("Log uit");
    await press("Enter");
    expect(new URL(page.url()).pathname).toBe("/");
  });
});

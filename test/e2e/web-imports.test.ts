import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { openPage, withAndWithoutJavaScript } from "../support/browser.ts";
import { signInOn } from "../support/screens/visitor.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const admin = stack.account("organisation-admin");
const importing = `${stack.baseUrl}/organisaties/${admin.organisationId}/gebruikers-importeren`;

/** A file of new people, with their e-mail addresses. */
function fileOf(count: number): { readonly csv: string; readonly emails: readonly string[] } {
  const people = Array.from({ length: count }, () => newPerson() as Record<string, string>);
  const lines = people.map(
    ({ lastName, email }) => `F.;Femke;;${lastName ?? ""};${email ?? ""};;;"Regel 1\nRegel 2"`,
  );
  const header = "voorletters;voornaam;tussenvoegsel;achternaam;email;telefoonnummer;faxnummer;memo";
  return { csv: [header, ...lines].join("\r\n"), emails: people.map(({ email = "" }) => email) };
}

withAndWithoutJavaScript("importing users on the pages, %s", (_, javaScriptEnabled) => {
  let page: Page;

  const opened = openPage({ javaScriptEnabled });
  beforeAll(async () => {
    ({ page } = opened);
    await signInOn(page, stack, admin);
  });

  const heading = () => page.locator("h1").innerText();
  async function choose(content: string | Buffer, name = "gebruikers.csv"): Promise<void> {
    await page.getByLabel("Bestand met gebruikers").setInputFiles({
      name,
      mimeType: "text/csv",
      buffer: Buffer.from(content),
    });
    await page.getByRole("button", { name: "Bestand controleren" }).click();
  }

  it("a file is asked for, and the example can be downloaded", async () => {
    await page.getByRole("link", { name: "Ga naar gebruikers" }).click();
    await page.getByRole("link", { name: "Gebruikers importeren" }).click();
    await page.getByRole("button", { name: "Bestand controleren" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("Kies een bestand");
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download het lege voorbeeld." }).click();
    expect((await waiting).suggestedFilename()).toBe("gebruikers-voorbeeld.csv");
  });

  it("what is wrong is told line by line, and nobody is added", async () => {
    const { csv, emails } = fileOf(2);
    await choose(`${csv}\r\n;Zonder;;Voorletters;geen adres;;;\r\n`);
    expect(await page.getByRole("alert").innerText()).toContain("1 van de 3 regels klopt niet.");
    const rows = await page.locator("tbody tr").allInnerTexts();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain("voorletters: Vul dit veld in.");
    expect(rows[0]).toContain("email: Dit is geen geldig e-mailadres.");
    expect(await stack.mails(emails[0])).toEqual([]);
  });

  it("a file in Windows-1252 is read with its letters", async () => {
    const { csv, emails } = fileOf(2);
    await page.goto(importing);
    await choose(Buffer.from(csv.replaceAll("Proef", "Zoë"), "latin1"));
    expect(await page.locator("tbody").innerText()).toContain("Zoë");
    expect(await stack.mails(emails[0])).toEqual([]);
    await page.goto(importing);
  });

  it("a good file is shown first and imported then, once, and what came of it survives a reload", async () => {
    const { csv, emails } = fileOf(3);
    await choose(csv);
    expect(await page.locator("main").innerText()).toContain("Er komen 3 gebruikers bij.");
    const names = await page.locator("tbody tr td:nth-child(2)").allInnerTexts();
    expect(names).toHaveLength(3);
    // A double click sends the form twice, and must add nobody twice.
    await page.getByRole("button", { name: "Voeg 3 gebruikers toe" }).dblclick();
    await page.waitForURL(`${importing}/*`);
    expect(await heading()).toBe("De gebruikers zijn toegevoegd");
    expect(await page.getByRole("status").innerText()).toBe("Er zijn 3 gebruikers toegevoegd.");
    const outcome = await page.locator("main").innerText();
    for (const name of names) expect(outcome).toContain(name);
    await page.reload();
    expect(await page.locator("main").innerText()).toBe(outcome);
    for (const email of emails) expect(await stack.waitForMails(email, 1)).toHaveLength(1);
    await page.getByRole("link", { name: "Terug naar overzicht" }).click();
    await page.getByLabel("Zoeken").fill(emails[0] ?? "");
    await page.getByRole("button", { name: "Zoek", exact: true }).click();
    expect(await page.locator("tbody tr").count()).toBe(1);
  });

  it("of others, what came of it is not there", async () => {
    await page.goto(`${importing}/een-ander`);
    expect(await heading()).toBe("Deze import is er niet");
  });

  it("nothing breaks the content security policy", () => {
    expect(opened.complaints).toEqual([]);
  });

  it.runIf(javaScriptEnabled)("while many are added, the page says how far it is", async () => {
    // The most that a file may have, so that even a fast machine is not done when the page asks for progress.
    const count = 1000;
    await page.goto(importing);
    await choose(fileOf(count).csv);
    const button = page.getByRole("button", { name: `Voeg ${count} gebruikers toe` });
    const seen = new Set<string>();
    await page.exposeFunction("tell", (text: string) => void seen.add(text));
    await page.evaluate(
      "new MutationObserver(() => tell(document.querySelector('#voortgang [role=status]').textContent))" +
        ".observe(document.getElementById('voortgang'), { subtree: true, childList: true, characterData: true })",
    );
    await button.click();
    await page.waitForURL(`${importing}/*`, { timeout: 60_000 });
    expect(await page.getByRole("status").innerText()).toBe(`Er zijn ${count} gebruikers toegevoegd.`);
    expect([...seen].join("\n")).toMatch(/(?:Inlognamen gemaakt|Gebruikers toegevoegd): \d+ van 1000\./);
  });
});

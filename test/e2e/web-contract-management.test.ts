import { randomInt } from "node:crypto";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { operatorRoutes } from "../../shared/web/routes.ts";
import { accessibilityViolations } from "../support/axe.ts";
import { browserPath, openPage, withAndWithoutJavaScript } from "../support/browser.ts";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { readPdf } from "../support/pdf.ts";
import { signInOn } from "../support/screens/visitor.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const manager = stack.account("contract-manager");
const desk = stack.account("service-desk");
const today = new Date().toISOString().slice(0, 10);

/** A page's title, without the organisation that stands above it. */
const titleOf = async (page: Page) => (await page.locator("h1").innerText()).split("\n").at(-1);

const there = ({ id }: { id: string }, path: string) => `${stack.baseUrl}/organisaties/${id}/${path}`;

/** An incident of misuse with a contact about it, so that access can be closed. */
async function groundToClose({ id, user }: CareOrganisation): Promise<string> {
  const token = await stack.tokenOf(manager);
  const incidents = `/v1/organisations/${id}/incidents`;
  const body = {
    ...{ kind: "misuse", description: "<img src=x onerror=alert(1)>", occurredOn: today },
    ...{ reportedBy: "Servicedesk", usernames: [user.username] },
  };
  const recorded = await stack.call("POST", incidents, { token, body });
  expect(recorded.status).toBe(201);
  const contact = { at: new Date().toISOString(), with: "contact-person", name: "Karin", means: "phone" };
  const logged = await stack.call("POST", `${incidents}/${recorded.body.id as string}/contacts`, {
    token,
    body: { ...contact, summary: "Besproken." },
  });
  expect(logged.status).toBe(201);
  return recorded.body.id as string;
}

withAndWithoutJavaScript("a contract manager on the pages, %s", (_, javaScriptEnabled) => {
  let page: Page;
  const person = newPerson({ firstName: "<img src=x onerror=alert(1)>" }) as Record<string, string>;
  const domain = `proef-${Math.random().toString(36).slice(2, 8)}.example`;
  const name = `Zorggroep <b>${domain.slice(6, 12)}</b>`;
  const email = `beheer@${domain}`;
  const organisation = { id: "" };

  const opened = openPage({ javaScriptEnabled });
  beforeAll(async () => {
    ({ page } = opened);
    await signInOn(page, stack, manager);
  });
  const press = (words: string) => page.getByRole("button", { name: words, exact: true }).click();
  const alert = () => page.getByRole("alert");
  const status = () => page.getByRole("status").first().innerText();

  it("registers an organisation, is told what is missing first, and loses nothing", async () => {
    await page.getByRole("link", { name: "Ga naar organisaties" }).click();
    await page.getByRole("link", { name: "Organisatie registreren" }).click();
    const own = page.getByRole("group", { name: "Organisatie", exact: true });
    await own.getByLabel("naam", { exact: true }).fill(name);
    await page.getByLabel("e-maildomeinen").fill(`${domain}\nniet goed`);
    await press("Organisatie registreren");
    expect(await alert().evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    const words = await alert().innerText();
    for (const one of ["e-maildomeinen (2)", "profiel: Kies", "Tekenbevoegde, naam: Vul dit veld in."]) {
      expect(words).toContain(one);
    }
    expect(await own.getByLabel("naam", { exact: true }).inputValue()).toBe(name);
    await page.getByLabel("e-maildomeinen").fill(domain);
    await page.getByLabel("Volledig", { exact: true }).check();
    await page.getByLabel("getekend op").fill("2026-01-05");
    for (const section of ["Contactpersoon", "Tekenbevoegde"]) {
      const group = page.getByRole("group", { name: section });
      await group.getByLabel("naam", { exact: true }).fill("Karin Bakker");
      await group.getByLabel("email").fill(`k.bakker@${domain}`);
    }
    const first = page.getByRole("group", { name: "Eerste beheerder" });
    await first.getByLabel("voorletters").fill("F.");
    await first.getByLabel("voornaam").fill(person["firstName"] ?? "");
    await first.getByLabel("achternaam").fill(person["lastName"] ?? "");
    await first.getByLabel("email").fill(email);
    await press("Organisatie registreren");
    expect(await titleOf(page)).toBe("Beheerders");
    organisation.id = /organisaties\/(\d+)\//.exec(page.url())?.[1] ?? "";
    expect(await status()).toContain(`heeft nummer ${organisation.id}`);
    expect(await page.locator("tbody").innerText()).toContain("Beheerder van de organisatie");
    await stack.waitForMails(email, 1);
  });

  it("finds it in the list", async () => {
    await page.getByRole("link", { name: "Organisaties", exact: true }).click();
    await page.getByLabel("Zoeken").fill(domain.slice(6, 12).toUpperCase());
    await page.getByLabel("Open").check();
    await press("Zoek");
    expect(await page.locator("tbody tr").count()).toBe(1);
    expect(await page.locator("tbody tr").innerText()).toContain(name);
    await page.getByLabel("Gesloten").check();
    await press("Zoek");
    expect(await page.locator("main").innerText()).toContain("Er zijn geen organisaties gevonden.");
  });

  it("gives it another AGB code twice; the first is free again", async () => {
    for (const code of [0, 1].map(() => String(randomInt(10_000_000, 99_999_999)))) {
      await page.goto(there(organisation, "gegevens-wijzigen"));
      await page.locator(`[name="agbCode"]`).fill(code);
      await press("Wijzigingen opslaan");
      expect(await status()).toBe("De gegevens zijn opgeslagen.");
    }
  });

  it("changes its data; of two at once the second is told; who is outside the domains is named", async () => {
    await page.goto(there(organisation, "gegevens"));
    await page.getByRole("link", { name: "Gegevens wijzigen" }).click();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.getByLabel("woonplaats").fill("Zwolle");
    await press("Wijzigingen opslaan");
    expect(await status()).toBe("De gegevens zijn opgeslagen.");
    await other.getByLabel("straat").fill("Lindelaan");
    await other.getByLabel("e-maildomeinen").fill("elders.example");
    await other.getByRole("button", { name: "Wijzigingen opslaan" }).click();
    expect(await other.getByRole("alert").innerText()).toContain("Iemand anders");
    expect(await other.locator("main").innerText()).toContain("nu opgeslagen: Zwolle");
    expect(await other.getByLabel("straat").inputValue()).toBe("Lindelaan");
    await other.getByRole("button", { name: "Wijzigingen opslaan" }).click();
    expect(await other.locator("main").innerText()).toContain("1 gebruiker heeft een e-mailadres buiten");
    await other.close();
  });

  it("looks after its users, and the pages say whose they are", async () => {
    await page
      .getByRole("navigation", { name: `Over ${name}` })
      .getByRole("link", { name: "Gebruikers" })
      .click();
    expect(await page.locator("h1").innerText()).toContain(`${name}, nummer ${organisation.id}`);
    await page.getByRole("link", { name: "Nieuwe gebruiker toevoegen" }).click();
    expect(await page.locator("h1").innerText()).toContain(name);
    await page.getByLabel("voorletters").fill("T.");
    await page.getByLabel("voornaam").fill("Tweede");
    await page.getByLabel("achternaam").fill(`${person["lastName"] ?? ""}b`);
    await page.getByLabel("email").fill(`tweede.${domain}@elders.example`);
    await press("Gebruiker toevoegen");
    await page.getByRole("link", { name: "Verder" }).click();
    expect(page.url()).toBe(there(organisation, "gebruikers"));
    expect(await page.locator("tbody tr").count()).toBe(2);
  });

  it("gives a role and takes it, but not from the last", async () => {
    await page.goto(there(organisation, "beheerders"));
    await page.getByLabel("Zoek een gebruiker").fill("tweede");
    await press("Zoek");
    await page
      .getByRole("region", { name: "Gevonden gebruikers" })
      .getByText("Rollen wijzigen")
      .last()
      .click();
    await page.getByLabel("Beheerder van de organisatie").check();
    await press("Rollen opslaan");
    expect(await status()).toBe("De rollen zijn opgeslagen.");
    const change = () => page.getByRole("link", { name: /^Rollen wijzigen van T\./ }).click();
    await change();
    await page.getByLabel("Beheerder van de organisatie").uncheck();
    await press("Rollen opslaan");
    await page.getByRole("link", { name: /^Rollen wijzigen van F\./ }).click();
    await page.getByLabel("Beheerder van de organisatie").uncheck();
    await press("Rollen opslaan");
    expect(await alert().innerText()).toContain("Geef eerst iemand anders deze rol.");
  });

  it("records an incident with who was involved, and a contact about it", async () => {
    await page.goto(there(organisation, "toegang"));
    const misuse = page.getByRole("region", { name: "Misbruik" });
    expect(await misuse.innerText()).toContain("Ontbreekt: Ten minste 1 incident van misbruik.");
    await misuse.getByRole("link", { name: "Leg een incident vast" }).click();
    await page.getByLabel("Wat is er gebeurd").fill("<script>alert(1)</script>\nTwee regels.");
    await page.getByLabel("Zoek een gebruiker").fill("tweede");
    await press("Zoek gebruikers");
    await page.getByLabel(/^T\. /).check();
    await press("Incident vastleggen");
    expect(await alert().innerText()).toContain("Soort incident: Kies een van de mogelijke waarden.");
    await page.getByRole("radio", { name: "Misbruik" }).check();
    await page.getByLabel("Datum van het incident").fill(today);
    await page.getByLabel("Gemeld door").fill("Servicedesk");
    await press("Incident vastleggen");
    expect(await status()).toContain("Het incident is vastgelegd.");
    expect(await page.locator("article").innerText()).toContain("<script>alert(1)</script>\nTwee regels.");
    await page.getByRole("link", { name: /^Contact vastleggen over Misbruik/ }).click();
    await page.getByLabel("Medewerker").check();
    await page.getByLabel("Naam").fill("Karin Bakker");
    await page.getByLabel("Telefoon").check();
    await page.getByLabel("Wat is er besproken").fill("Afspraken gemaakt.");
    await press("Contact vastleggen");
    expect(await page.locator("article").innerText()).toContain("Medewerker Karin Bakker, telefoon");
  });

  it("closes access, reads the letter, and reopens it", async () => {
    await page.getByRole("link", { name: "Bekijk wat er nodig is" }).click();
    expect(await page.getByRole("region", { name: "Misbruik" }).innerText()).toContain(
      "Deze grond is compleet.",
    );
    await page.getByRole("link", { name: "Toegang sluiten" }).click();
    await page.getByRole("radio", { name: "Herhaald onzorgvuldig gebruik" }).check();
    await page.getByRole("checkbox", { name: /^Misbruik op/ }).check();
    await press("Verder");
    expect(await alert().innerText()).toContain(
      "Schrijf op hoe u de discipline van de organisatie beoordeelt.",
    );
    await page.getByRole("radio", { name: "Misbruik" }).check();
    await press("Verder");
    expect(await titleOf(page)).toBe("Weet u zeker dat u de toegang wilt sluiten?");
    await press("Nee, terug");
    expect(await page.getByRole("checkbox", { name: /^Misbruik op/ }).isChecked()).toBe(true);
    await press("Verder");
    await press("Ja, sluit de toegang");
    expect(await status()).toContain("De toegang is gesloten.");
    const address = await page.getByRole("link", { name: /^Brief over de sluiting/ }).getAttribute("href");
    const letter = await page.context().request.get(`${stack.baseUrl}${address ?? ""}`);
    expect(letter.headers()["content-type"]).toBe("application/pdf");
    expect((await readPdf(new Uint8Array(await letter.body()))).pages.join("\n")).toContain("Karin Bakker");
    await stack.waitForMails(`k.bakker@${domain}`, 1);
    await page.getByRole("link", { name: "Toegang heropenen" }).click();
    await press("Toegang heropenen");
    expect(await alert().innerText()).toContain("Reden: Vul dit veld in.");
    await page.getByLabel("Reden").fill("Iedereen heeft een eigen account.");
    await press("Toegang heropenen");
    expect(await status()).toContain("De toegang is weer open.");
    await stack.waitForMails(`k.bakker@${domain}`, 2);
  });

  it("does once what was sent twice", async () => {
    await page.goto(there(organisation, "incident-vastleggen"));
    const key = await page.locator("input[name=sleutel]").inputValue();
    const form = {
      kind: "careless-use",
      occurredOn: today,
      reportedBy: "x",
      description: "Twee keer",
      sleutel: key,
    };
    const send = () =>
      page.context().request.post(page.url(), { form, headers: { Origin: stack.baseUrl }, maxRedirects: 0 });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map((one) => one.status())).toEqual([303, 303]);
    await page.goto(there(organisation, "incidenten"));
    expect(await page.getByText("Twee keer").count()).toBe(1);
  });

  it("nothing breaks the content security policy", () => {
    expect(opened.complaints).toEqual([]);
  });
});

describe("who may see which of CIZ's pages (SECURITY 14, 15)", () => {
  type Role = "nobody" | "user" | "admin" | "foreign" | "desk" | "manager";
  const everyone: Role[] = ["nobody", "user", "admin", "foreign", "desk", "manager"];
  const cookies: Partial<Record<Role, string>> = {};
  let organisation: CareOrganisation;
  let incidentId: string;
  let closureId: string;

  async function cookieOf({ username, password }: { username: string; password: string }): Promise<string> {
    const answer = await fetch(`${stack.baseUrl}/`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ username, password }),
    });
    expect(answer.status).toBe(303);
    return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  }

  beforeAll(async () => {
    const token = await stack.tokenOf(manager);
    const other = await registerCareOrganisation(stack, token);
    organisation = await registerCareOrganisation(stack, token);
    incidentId = await groundToClose(organisation);
    const closures = `/v1/organisations/${organisation.id}/closures`;
    const body = { ground: "misuse", incidentIds: [incidentId] };
    closureId = (await stack.call("POST", closures, { token, body })).body.id as string;
    const reopenings = `/v1/organisations/${organisation.id}/reopenings`;
    await stack.call("POST", reopenings, { token, body: { reason: "Opgelost" } });
    const accounts = { user: organisation.user, admin: organisation.administrator, desk, manager };
    for (const [role, account] of Object.entries({ ...accounts, foreign: other.administrator }))
      cookies[role as Role] = await cookieOf(account);
  });

  const reading = { nobody: 303, user: 403, admin: 403, foreign: 404, desk: 200, manager: 200 };
  const writing = { ...reading, desk: 403 };
  const listed = { ...reading, foreign: 403 };
  const refused = { ...writing, manager: 400 };
  /** The expected status of each page; a caller with the right to send a form gets 400 for an empty one. */
  const expected: Record<string, Record<Role, number>> = {
    showOrganisations: listed,
    showRegistration: { ...listed, desk: 403 },
    register: { ...listed, desk: 403, manager: 400 },
    showData: reading,
    showChange: writing,
    changeData: refused,
    showAdministrators: reading,
    showRoles: writing,
    setRoles: { ...writing, manager: 303 },
    showIncidents: reading,
    showNewIncident: writing,
    recordIncident: refused,
    showContacts: reading,
    showNewContact: writing,
    logContact: refused,
    showAccess: reading,
    showClosing: writing,
    closeAccess: refused,
    // Access is open.
    showReopening: { ...writing, manager: 303 },
    reopenAccess: refused,
    getLetter: reading,
  };

  it.each([...operatorRoutes])("$name", async ({ name, method, path }) => {
    const filled = path
      .replace("{id}", organisation.id)
      .replace("{username}", organisation.user.username)
      .replace("{incidentId}", incidentId)
      .replace("{closureId}", closureId);
    const seen: Record<string, number> = {};
    for (const role of everyone) {
      const { status } = await fetch(`${stack.baseUrl}${filled}`, {
        method,
        redirect: "manual",
        headers: { Cookie: cookies[role] ?? "" },
        ...(method === "POST" && { body: new URLSearchParams() }),
      });
      seen[role] = status;
    }
    expect(seen).toEqual(expected[name]);
  });
});

describe.skipIf(browserPath === undefined)("the service desk", () => {
  let page: Page;
  let organisation: CareOrganisation;
  const opened = openPage({ javaScriptEnabled: false });
  beforeAll(async () => {
    organisation = await registerCareOrganisation(stack, await stack.tokenOf(manager));
    await groundToClose(organisation);
    ({ page } = opened);
    await signInOn(page, stack, desk);
  });

  it("sees all of it, and can change nothing but send a link for a password", async () => {
    const seen: Record<string, string[]> = {};
    for (const path of ["gegevens", "gebruikers", "beheerders", "incidenten", "toegang"]) {
      await page.goto(there(organisation, path));
      expect(await page.locator("h1").innerText()).toContain(`nummer ${organisation.id}`);
      seen[path] = await page.locator("main button").allInnerTexts();
      const links = await page.locator("main a").allInnerTexts();
      expect(links.filter((one) => /wijzigen|toevoegen|vastleggen|^Toegang/.test(one))).toEqual([]);
    }
    expect(Object.values(seen).flat()).toEqual(["Zoek"]);
    await page.goto(there(organisation, `gebruikers/${organisation.user.username}`));
    expect(await page.locator("main button").allInnerTexts()).toEqual([
      "Stuur een nieuwe link voor een wachtwoord",
    ]);
    const before = (await stack.mails(organisation.user.email)).length;
    await page.locator("main button").click();
    await stack.waitForMails(organisation.user.email, before + 1);
  });
});

describe.skipIf(browserPath === undefined)("closing access with the keyboard alone", () => {
  let page: Page;
  let organisation: CareOrganisation;
  const opened = openPage();
  beforeAll(async () => {
    organisation = await registerCareOrganisation(stack, await stack.tokenOf(manager));
    await groundToClose(organisation);
    ({ page } = opened);
    await signInOn(page, stack, manager);
    await page.goto(there(organisation, "incidenten"));
  });

  /** Presses Enter on the element with the focus, and waits for the page that follows. */
  async function enter(): Promise<void> {
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  }

  /** Presses Tab until the element with this name has the focus. */
  async function tabTo(words: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate<string>(
        `(() => { const one = document.activeElement; const label = one.labels && one.labels[0];
          const ring = getComputedStyle(one); 
          if (one !== document.body && ring.outlineStyle === "none" && ring.boxShadow === "none") return "no visible focus: " + one.outerHTML;
          return (label || one).innerText; })()`,
      );
      expect(focused).not.toContain("no visible focus");
      if (words.test(focused)) return;
    }
    throw new Error(`Tab never comes to ${String(words)}`);
  }

  it("leads from the incidents to the letter, and errors have the focus", async () => {
    await tabTo(/^Direct naar de inhoud$/);
    await page.keyboard.press("Enter");
    await tabTo(/^Bekijk wat er nodig is/);
    await enter();
    await tabTo(/^Toegang sluiten$/);
    await enter();
    await tabTo(/^Verder$/);
    await enter();
    const focused = () => page.evaluate<string>("document.activeElement.id");
    expect(await focused()).toBe("fouten");
    await tabTo(/^Op welke grond/);
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("ground");
    await page.keyboard.press("Space");
    await tabTo(/^Misbruik op/);
    await page.keyboard.press("Space");
    await tabTo(/^Verder$/);
    await enter();
    expect(await titleOf(page)).toBe("Weet u zeker dat u de toegang wilt sluiten?");
    await tabTo(/^Ja, sluit de toegang$/);
    await enter();
    expect(await page.getByRole("status").innerText()).toContain("De toegang is gesloten.");
    await tabTo(/^Brief over de sluiting/);
    expect((await stack.signIn(organisation.user)).status).toBe(403);
  });
});

describe.skipIf(browserPath === undefined).each(["nl", "en"])(
  "accessibility of CIZ's pages in %s (WCAG 2.2 AA)",
  (taal) => {
    let page: Page;
    let organisation: CareOrganisation;
    let incidentId: string;
    const opened = openPage({ bypassCSP: true });
    beforeAll(async () => {
      organisation = await registerCareOrganisation(stack, await stack.tokenOf(manager));
      incidentId = await groundToClose(organisation);
      ({ page } = opened);
      await signInOn(page, stack, manager);
    });

    async function check(what: string): Promise<void> {
      expect(await page.locator("html").getAttribute("lang"), what).toBe(taal);
      expect(await accessibilityViolations(page), what).toEqual([]);
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
        expect(await page.evaluate(sideways), `${what} at ${width} pixels`).toBe(false);
      }
    }
    const open = async (path: string) => {
      await page.goto(`${stack.baseUrl}/${path}${path.includes("?") ? "&" : "?"}taal=${taal}`);
    };
    const send = () => page.locator("main form button").last().click();

    it.each([
      "organisaties",
      "organisaties?zoeken=bestaatniet",
      `organisaties?zoeken=${"x".repeat(101)}`,
      "organisatie-registreren",
      "welkom",
      "organisaties/1/toegang",
      "organisaties/1/beheerders",
    ])("%s", async (path) => {
      await open(path);
      await check(path);
    });

    it.each([
      "gegevens?gedaan=opgeslagen",
      "gegevens-wijzigen",
      "beheerders?zoeken=e&gedaan=geregistreerd",
      "gebruikers",
      "incidenten?gedaan=vastgelegd",
      "incident-vastleggen",
      "toegang",
      "toegang-sluiten",
    ])("organisaties/{id}/%s", async (path) => {
      await open(`organisaties/${organisation.id}/${path}`);
      await check(path);
    });

    it("a user of another organisation, their roles, and a contact", async () => {
      const user = `organisaties/${organisation.id}/gebruikers/${organisation.user.username}`;
      for (const path of [user, `${user}/rollen`, `${user}/verwijderen`]) {
        await open(path);
        await check(path);
      }
      await open(`organisaties/${organisation.id}/incidenten/${incidentId}/contact-vastleggen`);
      await check("contact");
      await page.locator("main form button").click();
      await check("contact with errors");
    });

    it("forms with errors", async () => {
      await open("organisatie-registreren");
      await send();
      await check("registration with errors");
      await open(`organisaties/${organisation.id}/incident-vastleggen`);
      await send();
      await check("incident with errors");
      await page.locator("#search").fill("e");
      await page.locator("button[name=stap]").click();
      await check("incident with users found");
      await open(`organisaties/${organisation.id}/toegang-sluiten`);
      await send();
      await check("closing with errors");
    });

    it("changes that come too late, and users outside the domains", async () => {
      const path = `organisaties/${organisation.id}/gegevens-wijzigen`;
      await open(path);
      const changed = await stack.call("PATCH", `/v1/organisations/${organisation.id}`, {
        token: await stack.tokenOf(manager),
        headers: { "If-Match": "*" },
        body: { city: `Plaats ${taal}` },
      });
      expect(changed.status).toBe(200);
      await page.locator("#emailDomains").fill("elders.example");
      await send();
      await check("stale");
      await send();
      await check("users outside the domains");
    });

    it("closing, closed and reopened", async () => {
      await open(`organisaties/${organisation.id}/toegang-sluiten`);
      await page.locator("#ground").check();
      await page.locator("#incidentIds").check();
      await send();
      await check("sure?");
      await send();
      await check("closed");
      await open(`organisaties/${organisation.id}/toegang-heropenen`);
      await check("reopening");
      await send();
      await check("reopening with errors");
      await page.locator("#reason").fill("Opgelost");
      await send();
      await check("reopened");
    });
  },
);

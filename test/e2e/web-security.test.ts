import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DemoAccount } from "../../infra/local/demo/seed.ts";
import { browserPath, launchBrowser } from "../support/browser.ts";
import { administratorsScreens } from "../support/screens/administrators.ts";
import { everyonesScreens } from "../support/screens/everyone.ts";
import { signInOn, Visitor } from "../support/screens/visitor.ts";
import { newPerson, Stack } from "../support/stack.ts";

const stack = Stack.shared();
const admin = stack.account("organisation-admin");
const users = `/organisaties/${admin.organisationId}/gebruikers`;
const password = "Tulpenveld-48!";

describe.skipIf(browserPath === undefined)("another site, in a real browser", () => {
  let browser: Browser;
  let page: Page;
  let evil: Server;
  let evilUrl: string;
  /** The HTML that the other site sends next. */
  let content = "";

  beforeAll(async () => {
    evil = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html").end(`<!doctype html><title>x</title>${content}`);
    });
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    // Browsers treat localhost and 127.0.0.1 as different sites.
    evilUrl = `http://localhost:${(evil.address() as AddressInfo).port}/`;
    browser = await launchBrowser();
    page = await (await browser.newContext({ locale: "nl-NL" })).newPage();
    await signInOn(page, stack, admin);
  });
  afterAll(async () => {
    await browser.close();
    evil.close();
    evil.closeAllConnections();
  });

  it("cannot send forms in a user's name: adding, deleting, importing, signing out", async () => {
    const person = newPerson() as Record<string, string>;
    const fields = Object.entries(person).map(([name, value]) => `<input name="${name}" value="${value}">`);
    const forms: [path: string, inputs: string, encoding?: string][] = [
      [`/organisaties/${admin.organisationId}/gebruiker-toevoegen`, fields.join("")],
      [`${users}/${stack.account(null).username}/verwijderen`, '<input name="reason" value="x">'],
      [`${users}-importeren/sleutel`, '<input name="tekst" value="x">', "multipart/form-data"],
      ["/uitloggen", ""],
    ];
    for (const [path, inputs, encoding = "application/x-www-form-urlencoded"] of forms) {
      content = `<form method="post" action="${stack.baseUrl}${path}" enctype="${encoding}">${inputs}<button>x</button></form>`;
      await page.goto(evilUrl);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        page.getByRole("button").click(),
      ]);
      expect(answer.status(), path).toBe(403);
    }
    await page.goto(`${stack.baseUrl}/welkom`);
    expect(await page.locator("main").innerText()).toContain(admin.username);
    expect(await stack.mails(person["email"])).toEqual([]);
  });

  it.each(["/", "/welkom", users])("cannot show %s in a frame", async (path) => {
    content = `<iframe src="${stack.baseUrl}${path}"></iframe>`;
    await page.goto(evilUrl);
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
  });

  it("cannot have anyone sent on to an address of its choice", async () => {
    const form = `username=${admin.username}&password=${encodeURIComponent(admin.password)}`;
    for (const path of [
      "/",
      "//kwaad.example/",
      "/?taal=nl&next=//kwaad.example",
      "/welkom?sessie=//kwaad.example",
    ]) {
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(stack.baseUrl + path, {
          method,
          redirect: "manual",
          headers: {
            "X-Forwarded-Host": "kwaad.example",
            "Content-Type": "application/x-www-form-urlencoded",
          },
          ...(method === "POST" && { body: form }),
        });
        const to = answer.headers.get("location");
        if (to !== null) expect(to, `${method} ${path}`).toMatch(/^\/(?!\/)/);
        expect(await answer.text()).not.toContain('kwaad.example/"');
      }
    }
  });

  it("cannot read the cookies, nor can any script", async () => {
    const cookies = await page.context().cookies(stack.baseUrl);
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/" });
      expect(cookie.name).toMatch(/^__Host-/);
      expect(cookie.domain).not.toMatch(/^\./);
    }
    await page.goto(`${stack.baseUrl}/welkom`);
    expect(await page.evaluate("document.cookie")).toBe("");
  });

  it("no page has a token in it or beside it", async () => {
    await page.goto(`${stack.baseUrl}/welkom`);
    const kept = await page.evaluate<string>(
      "JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) + document.documentElement.outerHTML",
    );
    expect(kept).not.toMatch(/eyJ[\w-]{10,}\./);
    expect((await page.context().cookies()).map(({ value }) => value).join()).not.toMatch(/eyJ/);
  });
});

/**
 * An organisation whose names are attacks on pages that do not escape them (SECURITY 19), as far as the rules on names
 * (SECURITY 29) let them pass: initials are letters, and no name holds a slash.
 */
const markup = {
  initials: "X.",
  firstName: "<img src=x onerror=alert(1)>",
  lastName: `"><b>X<svg onload=alert(3)><script>alert(2) '`,
};

async function organisationOfAttackers(): Promise<Record<"administrator" | "user", DemoAccount>> {
  const token = await stack.tokenOf(stack.account("contract-manager"));
  const organisationName = `<img src=x onerror=alert(4)> ${Math.random().toString(36).slice(2)}`;
  const first = newPerson({ ...markup });
  const contact = { name: markup.firstName, email: first.email };
  const registered = await stack.call("POST", "/v1/organisations", {
    token,
    body: {
      ...{
        name: organisationName,
        displayName: organisationName,
        street: markup.firstName,
        city: markup.firstName,
      },
      ...{
        profile: "basis",
        emailDomains: [first.email.slice(first.email.indexOf("@") + 1)],
        contract: { signedOn: "2026-01-05" },
        contactPerson: contact,
        signatory: contact,
      },
      administrator: first,
    },
  });
  expect(registered.status).toBe(201);
  const { organisation, administrator } = registered.body;
  const second = newPerson({ ...markup, memo: markup.firstName, phone: "<b>" });
  const added = await stack.call("POST", `/v1/organisations/${organisation.id}/users`, {
    token,
    body: second,
  });
  expect(added.status).toBe(201);
  const accountOf = async (username: string, email: string, roles: string[]): Promise<DemoAccount> => {
    await stack.waitForMails(email, 1);
    await stack.givePassword(username, email, password);
    return { username, password, roles, organisationId: organisation.id, situation: null };
  };
  return {
    administrator: await accountOf(administrator.username, first.email, ["organisation-admin"]),
    user: await accountOf(added.body.username, second.email, []),
  };
}

describe.skipIf(browserPath === undefined)("names that are attacks do nothing on any screen", () => {
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launchBrowser();
    const { administrator, user } = await organisationOfAttackers();
    // Without the content security policy, so that only escaping can stop the attacks.
    visitor = new Visitor(stack, browser, "nl", {
      accounts: { nobody: administrator, administrator, user },
      names: markup,
      browser: { bypassCSP: true },
    });
  });
  afterAll(async () => {
    await browser.close();
  });

  it.each([...everyonesScreens, ...administratorsScreens])("$name", async (screen) => {
    const alerts: string[] = [];
    const page = await visitor.visit(screen, (shown) => {
      shown.on("dialog", (dialog) => {
        alerts.push(dialog.message());
        void dialog.dismiss();
      });
    });
    expect(alerts).toEqual([]);
    expect(await page.locator("img, svg, main b, main script, [onerror], [onload]").count()).toBe(0);
    expect(await page.locator("script").count()).toBeLessThanOrEqual(1);
    await page.close();
  });
});

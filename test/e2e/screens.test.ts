import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityViolations } from "../support/axe.ts";
import { browserPath, launchBrowser } from "../support/browser.ts";
import { administratorsScreens } from "../support/screens/administrators.ts";
import { everyonesScreens } from "../support/screens/everyone.ts";
import { pictureOfPdf } from "../support/pdf.ts";
import { operatorsScreens } from "../support/screens/operator.ts";
import { closedScreen, sanctionsScreens } from "../support/screens/sanctions.ts";
import { Visitor } from "../support/screens/visitor.ts";
import { smallPng } from "../support/small-png.ts";
import { Stack } from "../support/stack.ts";

/** Every screen is checked here, and has its picture in docs/screens. */
const screens = [...everyonesScreens, ...administratorsScreens, ...operatorsScreens, ...sanctionsScreens];

/** The folder for pictures (`npm run screens`); undefined when only the tests run. */
const pictures = process.env["PICTURES"];

const wide = { width: 1280, height: 800 };
/** The narrowest width of WCAG 1.4.10, which is 1280 pixels at 400 % zoom. */
const narrow = { width: 320, height: 256 };

/** Makes a page of A4 800 pixels wide. */
const pixelsToAPoint = 800 / 595;

/** Longer pages repeat themselves, so their pictures are cut off here. */
const mostHeight = 1400;

const stack = Stack.shared();

async function focusedId(page: Page): Promise<string> {
  return page.evaluate("document.activeElement?.id ?? ''");
}

async function isMovedSideways(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

/** The files that the page loads, and the compressed size of all with the page. */
async function weight(page: Page): Promise<{ readonly files: readonly string[]; readonly bytes: number }> {
  const files = await page.evaluate<string[]>(
    "performance.getEntriesByType('resource').map(({ name }) => name)",
  );
  const contents = await Promise.all(files.map(async (file) => (await page.request.get(file)).body()));
  const sizes = [Buffer.from(await page.content()), ...contents].map((one) => gzipSync(one).length);
  return { files, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function keep(name: string, png: Buffer): void {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, `${name}.png`), smallPng(png));
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  const height = Math.min(mostHeight, await page.evaluate<number>("document.documentElement.scrollHeight"));
  const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height };
  keep(name, await page.screenshot({ fullPage: true, clip, scale: "css" }));
}

describe.skipIf(browserPath === undefined).each(["nl", "en"] as const)("every screen, in %s", (language) => {
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    browser = await launchBrowser();
    // The pages' policy blocks axe-core, which is a script.
    visitor = new Visitor(stack, browser, language, { browser: { bypassCSP: true, viewport: wide } });
  });
  afterAll(async () => {
    await browser.close();
  });

  it.each(screens)("$name", async (screen) => {
    const statuses: number[] = [];
    const page = await visitor.visit(screen, (asking) =>
      asking.on("response", (response) => {
        if (response.request().isNavigationRequest()) statuses.push(response.status());
      }),
    );
    expect(statuses.at(-1)).toBe(screen.status ?? 200);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    expect(await page.locator("h1").count()).toBe(1);
    const signOut = page.locator('header form[action$="/uitloggen"]');
    expect(await signOut.count(), "signed in").toBe(screen.viewer === "nobody" ? 0 : 1);
    const failed = screen.status !== undefined;
    expect(await page.title()).toMatch(failed ? /^(?:Fout|Error): / : /^(?!Fout|Error)/);
    if (await page.getByRole("alert").count()) expect(await focusedId(page)).toBe("fouten");
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await isMovedSideways(page), "at 1280 pixels").toBe(false);
    const { files, bytes } = await weight(page);
    expect(files.filter((file) => !file.startsWith(`${stack.baseUrl}/assets/`))).toEqual([]);
    expect(files.length).toBeLessThanOrEqual(2);
    expect(bytes).toBeLessThan(60_000);
    await picture(page, screen.name);
    await page.setViewportSize(narrow);
    expect(await isMovedSideways(page), "at 320 pixels, or 400 %").toBe(false);
    expect(await accessibilityViolations(page)).toEqual([]);
    if (screen.narrow) {
      await page.setViewportSize({ width: 320, height: 640 });
      await picture(page, `${screen.name}-320`);
    }
    await page.close();
  });

  it("the closing letter, from the link on its page", async () => {
    const page = await visitor.visit(closedScreen, () => undefined);
    const link = await page.locator('main a[href$="/brief"]').getAttribute("href");
    const letter = await page.request.get(`${stack.baseUrl}${link ?? ""}`);
    expect(letter.headers()["content-type"]).toBe("application/pdf");
    keep("ciz-sluitingsbrief", await pictureOfPdf(await letter.body(), pixelsToAPoint));
    await page.close();
  });
});

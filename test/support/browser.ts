import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

const candidates = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** An installed Chromium; without one, browser tests are skipped with a warning. */
export const browserPath = candidates.find((path) => path !== undefined && existsSync(path));

if (browserPath === undefined) {
  console.warn(
    "\n*** SKIPPED: the tests in a real browser. There is no Chromium here; install it (Debian: apt-get install " +
      "chromium) or set CHROMIUM_PATH. ***\n",
  );
}

/** Runs a test in a real browser, once with JavaScript and once without; the name's `%s` says which. */
export const withAndWithoutJavaScript = describe.skipIf(browserPath === undefined).each([
  ["without JavaScript", false],
  ["with JavaScript", true],
] as const);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      // Grey font smoothing only, so that pictures are small and the same everywhere.
      "--disable-lcd-text",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

interface OpenedPage {
  readonly browser: Browser;
  readonly page: Page;
  /** Errors in the console, without the browser's own report of each refused answer. */
  readonly complaints: readonly string[];
}

/** Opens a browser with a page before the tests of a suite, and closes it after them. */
export function openPage(options: BrowserContextOptions = {}): OpenedPage {
  const complaints: string[] = [];
  const opened: { browser?: Browser; page?: Page } = {};
  beforeAll(async () => {
    opened.browser = await launchBrowser();
    const context = await opened.browser.newContext({ locale: "nl-NL", ...options });
    opened.page = await context.newPage();
    opened.page.on("console", (message) => {
      const text = message.text();
      const isReport = text.startsWith("Failed to load resource");
      if (message.type() === "error" && !isReport) complaints.push(text);
    });
  });
  afterAll(async () => {
    await opened.browser?.close();
  });
  return {
    complaints,
    get browser() {
      return opened.browser!;
    },
    get page() {
      return opened.page!;
    },
  };
}

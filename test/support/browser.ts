import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { describe } from "vitest";

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

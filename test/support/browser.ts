import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { describe } from "vitest";

const candidates = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** A Chromium on this machine; without one, tests in a browser are skipped, loudly. */
export const browserPath = candidates.find((path) => path !== undefined && existsSync(path));

if (browserPath === undefined) {
  console.warn(
    "\n*** SKIPPED: the tests in a real browser. There is no Chromium here; install it (Debian: apt-get install " +
      "chromium) or set CHROMIUM_PATH. ***\n",
  );
}

/** What has to hold in a real browser with JavaScript and without: the name's `%s` says which. */
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
      // Letters in shades of grey alone: pictures of pages stay small, and alike on all machines.
      "--disable-lcd-text",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

import { createServer } from "node:http";
import { test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { browse, colleague, signedInAs } from "./browser.ts";
import { readFileSync } from "node:fs";

test("shots", async () => {
  const extra = process.env["SHOTS"]?.split(" ") ?? ["/", "/welkom"];
  const { visit } = browse({
    ...signedInAs("organisation-admin"),
    listUsers: () => Promise.resolve({ body: { items: [colleague, { ...colleague, username: "ftest", name: "F. van der Berg-Hoogenboom", lastLoginAt: "2026-11-22T13:00:00.000Z", remark: "Uit dienst sinds 1 november; account niet meer nodig." }], next: "abc", total: 40 } }),
  } as never);
  const server = createServer((request, response) => {
    const url = new URL(request.url!, "http://x");
    void (async () => {
      const parts = url.pathname.split("/");
      const match = (await import("./browser.ts")).allPages.find(({ path, method }) => {
        const p = path.split("/");
        return method === "GET" && p.length === parts.length && p.every((one, i) => one.startsWith("{") || one === parts[i]);
      });
      const parameters: Record<string, string> = {};
      match?.path.split("/").forEach((one, i) => { if (one.startsWith("{")) parameters[one.slice(1, -1)] = parts[i]!; });
      const anonymous = url.searchParams.has("anon");
      const answer = await visit({ resource: match?.path ?? "/x", parameters, query: Object.fromEntries(url.searchParams), headers: anonymous ? {} : { Cookie: "__Host-portero=geheim" } });
      response.writeHead(answer.statusCode, answer.headers as Record<string, string>);
      response.end(answer.body);
    })();
  });
  await new Promise<void>((r) => server.listen(0, "127.0.0.1", () => r()));
  const { port } = server.address() as { port: number };
  const browser = await launchBrowser();
  for (const width of [1200, 320]) {
    const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
    for (const path of extra) {
      await page.goto(`http://127.0.0.1:${port}${path}`);
      const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      console.log(path, width, "overflow", over);
      await page.screenshot({ path: `/tmp/web-shots/p${path.replaceAll(/[^a-z]+/g, "-")}${width}.png`, fullPage: true });
    }
  }
  await browser.close();
  server.close();
  void readFileSync;
}, 60000);

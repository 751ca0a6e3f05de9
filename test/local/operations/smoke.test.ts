import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { ask, failed, faultsOr, ok, skipped, type Check } from "../../../infra/operations/smoke/check.ts";
import { agreedProtocol } from "../../../infra/operations/smoke/tls.ts";
import type { Place } from "../../../infra/operations/smoke/place.ts";
import { lineOf, runChecks } from "../../../infra/operations/smoke/report.ts";

const nowhere: Place = {
  installation: { outputs: {}, client: { region: "eu-west-1" }, endpoints: {}, local: false },
  resources: [],
  baseUrl: "http://127.0.0.1:9",
  release: { version: "1.0.0", commit: "0123456789ab" },
  now: new Date("2026-12-01T12:00:00Z"),
  directory: null,
};

async function linesOf(checks: readonly Check[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const { name, outcome } of runChecks(checks, nowhere)) lines.push(lineOf(name, outcome));
  return lines;
}

describe("npm run smoke", () => {
  it("prints a line for every outcome, with what to do for one that failed", async () => {
    const all = [ok("seen"), failed("seen", "do it"), ask("Look."), skipped("why")];
    expect(await linesOf([{ name: "one", run: () => Promise.resolve(all) }])).toEqual([
      "ok      one               seen",
      "FAILED  one               seen. To do: do it.",
      "ask     one               Look.",
      "skipped one               why",
    ]);
  });

  it("goes on after a check that throws, and takes it for failed", async () => {
    const denied = Object.assign(new Error("not allowed to describe\nmore"), {
      name: "AccessDeniedException",
    });
    const lines = await linesOf([
      { name: "one", run: () => Promise.reject(denied) },
      { name: "two", run: () => Promise.resolve([ok("seen")]) },
    ]);
    expect(lines).toEqual([
      "FAILED  one               AccessDeniedException: not allowed to describe. To do: run this with the rights of the person who deploys.",
      "ok      two               seen",
    ]);
  });

  it("says ok only if there is no fault", () => {
    expect(faultsOr("well", [], "do it")).toEqual([ok("well")]);
    expect(faultsOr("well", ["a", "b"], "do it")).toEqual([failed("a", "do it"), failed("b", "do it")]);
  });

  it("takes a server that ends the connection for one that refuses the protocol", async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await agreedProtocol({ hostname: "localhost", port }, "TLSv1.1")).toBeNull();
    server.close();
    await expect(agreedProtocol({ hostname: "localhost", port }, "TLSv1.1")).rejects.toThrow("ECONNREFUSED");
  });
});

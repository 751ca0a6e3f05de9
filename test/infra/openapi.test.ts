import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { apiRoutes } from "../../infra/functions.ts";
import { examples, type OperationExample } from "../../infra/openapi-examples.ts";
import { openApiDocument } from "../../infra/openapi.ts";
import { problemStatus } from "../../shared/http/problems.ts";
import type { Route } from "../../shared/operations/kit/route.ts";
import { buildFolder } from "../../infra/build.ts";
import packageDescription from "../../package.json" with { type: "json" };

const contacts = {
  operatorName: "CIZ",
  porteroUrl: "https://portero.example",
  sender: "gebruikersbeheer@portero.example",
  serviceDesk: { email: "servicedesk@ciz.example", phone: "030 200 40 00" },
  contractManagement: { email: "contractmanagement@ciz.example" },
};
const document = openApiDocument({ version: packageDescription.version, contacts });
const routes = Object.values(apiRoutes).flatMap((one): [string, Route][] => Object.entries(one));
const example = (id: string) => (examples as Readonly<Record<string, OperationExample>>)[id] ?? {};

function operation(route: Route) {
  const method = route.method.toLowerCase() as "get" | "post" | "put" | "patch" | "delete";
  return document.paths?.[route.path.replace(/^\/v1/, "")]?.[method];
}

describe("the OpenAPI document", () => {
  test("describes every route of the interface once, and no page", () => {
    const described = Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item).map(({ operationId }: { operationId?: string }) => operationId),
    );
    expect(described.sort()).toEqual(routes.map(([id]) => id).sort());
  });

  test.each(routes)("%s answers as its route says", (id, route) => {
    const { responses, security, requestBody, parameters = [] } = operation(route) ?? {};
    const statuses = Object.keys(responses ?? {}).map(Number);
    expect(operation(route)?.operationId).toBe(id);
    expect(statuses).toEqual(
      expect.arrayContaining([
        route.success.status,
        // Any route: an unknown parameter; too many requests; a fault; a busy store.
        ...[400, 429, 500, 503],
        ...route.problems.map((slug) => problemStatus[slug]),
      ]),
    );
    expect(statuses.includes(401)).toBe(
      route.who !== "anyone" || route.problems.some((slug) => problemStatus[slug] === 401),
    );
    expect(security).toEqual(route.who === "anyone" ? [] : [{ identityToken: [] }]);
    expect(Boolean(requestBody)).toBe(Boolean(route.body ?? route.text));
    const names = [
      ...Object.keys(route.params?.shape ?? {}),
      ...Object.keys(route.query?.shape ?? {}),
      ...(route.precondition ? ["If-Match"] : []),
      ...(route.idempotent ? ["Idempotency-Key"] : []),
    ];
    expect(parameters.map((one) => ("name" in one ? one.name : ""))).toEqual(names);
  });

  test.each(routes)("the examples of %s are what its schemas take and give", (id, route) => {
    const { params, body, response } = example(id);
    if (route.params) expect(z.safeParse(route.params, params).error).toBeUndefined();
    if (route.body) expect(z.safeParse(route.body, body).error).toBeUndefined();
    if (route.success.schema) expect(z.safeParse(route.success.schema, response).error).toBeUndefined();
  });

  test("stands beside the function that serves it, in the version that answers name", () => {
    const served = JSON.parse(
      readFileSync(join(buildFolder, "meta", "openapi.json"), "utf8"),
    ) as typeof document;
    expect(served.info.version).toBe(packageDescription.version);
    expect(Object.keys(served.paths ?? {})).toEqual(Object.keys(document.paths ?? {}));
    expect(served.servers).toEqual([{ url: "/v1" }]);
  });
});

describe("linting", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "portero-openapi-"));
    await writeFile(join(folder, "openapi.json"), JSON.stringify(document));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const rules = "../shared/standards/nl-api-design-rules.yaml";
  if (!existsSync(rules))
    console.warn(`SKIPPED: ${rules} is not here, so the NL API Design Rules are not checked.`);

  test.skipIf(!existsSync(rules))("Spectral finds no error against the NL API Design Rules", async () => {
    expect(await lint("spectral", ["lint", "--ruleset", rules, join(folder, "openapi.json")])).toBe("");
  });

  test("Redocly finds no error against its recommended rules", async () => {
    expect(await lint("redocly", ["lint", "--extends", "recommended", join(folder, "openapi.json")])).toBe(
      "",
    );
  });
});

/** The linter's output if it fails; empty if it does not. */
function lint(program: string, args: string[]): Promise<string> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const run = [join("node_modules", ".bin", program), ...args];
  return new Promise((resolve) => {
    execFile(join("node_modules", ".bin", "node"), run, { env }, (error, stdout, stderr) => {
      resolve(error ? stdout + stderr : "");
    });
  });
}

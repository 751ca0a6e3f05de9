import * as z from "zod/mini";
import { failed, faultsOr, ok, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";
import { send, jsonOf, problemFault, sentences, allRoutes, allPages } from "./requests.ts";

/* Checks of the answers that anyone can get. */

async function version({ baseUrl, release }: Place): Promise<Outcome[]> {
  const response = await send(`${baseUrl}/v1/health`);
  const body = await jsonOf(response);
  const wanted = { status: "ok", version: release.version, commit: release.commit };
  const Health = z.object({ status: z.string(), version: z.string(), commit: z.string() });
  const health = z.safeParse(Health, body);
  if (response.status !== 200 || !health.success)
    return [failed(`/v1/health answers ${response.status}`, "read the log of meta")];
  const seen = `${health.data.version}, commit ${health.data.commit}`;
  if (health.data.version === wanted.version && health.data.commit === wanted.commit) return [ok(seen)];
  const here = `${wanted.version}, commit ${wanted.commit}`;
  return [failed(`${seen}; this checkout is ${here}`, "check out what was deployed, or deploy this")];
}

async function openapi({ baseUrl }: Place): Promise<Outcome[]> {
  const response = await send(`${baseUrl}/v1/openapi.json`);
  const Document = z.looseObject({
    openapi: z.string(),
    servers: z.tuple([z.looseObject({ url: z.string() })]),
    paths: z.record(z.string(), z.unknown()),
  });
  const document = z.safeParse(Document, await jsonOf(response));
  if (!document.success)
    return [failed(`/v1/openapi.json answers ${response.status}, no document`, "read the log of meta")];
  const [{ url }] = document.data.servers;
  const described = new Set(Object.keys(document.data.paths).map((path) => `${url}${path}`));
  const missing = [...new Set(allRoutes.map(({ path }) => path))].filter((path) => !described.has(path));
  return faultsOr(
    `OpenAPI ${document.data.openapi}, ${described.size} paths`,
    missing.map((path) => `${path} is not in it`),
    "deploy this version",
  );
}

/** The pages that anyone can open without a link of their own. */
const openPages = allPages
  .filter(({ method, path, session }) => method === "GET" && session !== "required" && !path.includes("{"))
  .map(({ path }) => path);

const pageHeaders: Readonly<Record<string, RegExp>> = {
  "content-type": /^text\/html; charset=utf-8$/,
  "content-security-policy": /default-src 'none'.*frame-ancestors 'none'/,
  "strict-transport-security": /max-age=\d{8}/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^no-referrer$/,
  "cache-control": /no-store/,
};

const headerFaults = (response: Response, what: string, wanted: Readonly<Record<string, RegExp>>) =>
  Object.entries(wanted)
    .filter(([name, form]) => !form.test(response.headers.get(name) ?? ""))
    .map(([name]) => `${what}: ${name} is ${response.headers.get(name) ?? "missing"}`);

async function pages({ baseUrl }: Place): Promise<Outcome[]> {
  const faults = await Promise.all(
    openPages.map(async (path) => {
      const response = await send(`${baseUrl}${path}`);
      return response.status === 200
        ? headerFaults(response, path, pageHeaders)
        : [`${path} answers ${response.status}`];
    }),
  );
  return faultsOr(
    `${openPages.join(", ")} with their security headers`,
    faults.flat(),
    "read the log of web",
  );
}

async function apiHeaders({ baseUrl, release }: Place): Promise<Outcome[]> {
  const wanted = {
    "api-version": new RegExp(`^${release.version.replaceAll(".", "\\.")}$`),
    "cache-control": /^no-store$/,
    "strict-transport-security": /max-age=\d{8}/,
    "x-content-type-options": /^nosniff$/,
  };
  const faults = await Promise.all(
    // The first is answered by a function, the second by the gateway.
    ["/v1/health", "/v1/me"].map(async (path) => headerFaults(await send(`${baseUrl}${path}`), path, wanted)),
  );
  return faultsOr(
    "API-Version and security headers, of functions and gateway",
    faults.flat(),
    "deploy again",
  );
}

async function unknownPaths({ baseUrl }: Place): Promise<Outcome[]> {
  const isPage = async (path: string) => {
    const response = await send(`${baseUrl}${path}`, { headers: { Accept: "text/html" } });
    const type = response.headers.get("content-type") ?? "";
    return response.status === 404 && type.startsWith("text/html")
      ? null
      : `GET ${path}: a page with 404 was expected, the answer is ${response.status} ${type}`;
  };
  const isProblem = async () =>
    problemFault(await send(`${baseUrl}/v1/nowhere`, { method: "POST" }), "POST /v1/nowhere", {
      status: 404,
      slug: "not-found",
    });
  const faults = await sentences([isPage("/nergens"), isPage("/v1/nowhere"), isProblem()]);
  return faultsOr(
    "GET gives a page with 404, also below /v1; POST gives a problem",
    faults,
    "compare the deployed API with infra/constructs/api-definition.ts",
  );
}

/** API Gateway takes 10 MB. */
const tooLarge = 11 * 1024 * 1024;

async function refusals({ baseUrl }: Place): Promise<Outcome[]> {
  const post = (body: NonNullable<RequestInit["body"]>, type: string) =>
    send(`${baseUrl}/v1/sessions`, { method: "POST", headers: { "Content-Type": type }, body });
  const faults = await sentences([
    post(Buffer.alloc(tooLarge, " "), "application/json").then((response) =>
      problemFault(response, "11 MB", { status: 413, slug: "payload-too-large" }),
    ),
    post("username=a", "text/plain").then((response) =>
      problemFault(response, "text/plain", { status: 415, slug: "unsupported-media-type" }),
    ),
    post("{", "application/json").then((response) =>
      problemFault(response, "broken JSON", { status: 400, slug: "invalid-request" }),
    ),
    post(Buffer.from([0x22, 0xff, 0x22]), "application/json").then((response) =>
      problemFault(response, "bytes that are no UTF-8", { status: 400, slug: "invalid-request" }),
    ),
  ]);
  return faultsOr(
    "too large, of another type, broken, and no UTF-8: problems",
    faults,
    "compare the deployed API with infra/constructs/gateway-problems.ts",
  );
}

async function head({ baseUrl }: Place): Promise<Outcome[]> {
  const faults = await Promise.all(
    ["/", "/v1/health"].map(async (path) => {
      const response = await send(`${baseUrl}${path}`, { method: "HEAD" });
      return response.status === 200 ? [] : [`HEAD ${path} answers ${response.status}`];
    }),
  );
  return faultsOr("HEAD is answered like GET", faults.flat(), "compare the deployed API with its routes");
}

/** An asset is sent as base64 by the function, so that the gateway has to turn it into bytes. */
async function bytes({ baseUrl }: Place): Promise<Outcome[]> {
  const page = await (await send(`${baseUrl}/`)).text();
  const path = /\/assets\/[\w.-]+/.exec(page)?.[0];
  if (path === undefined) return [failed("the first page names no asset", "read the log of web")];
  const answers = await Promise.all(
    ["*/*", "application/json", "text/html,application/xhtml+xml"].map(async (Accept) => ({
      Accept,
      body: Buffer.from(await (await send(`${baseUrl}${path}`, { headers: { Accept } })).arrayBuffer()),
    })),
  );
  const [first] = answers;
  const isBase64 = (body: Buffer) => /^[A-Za-z0-9+/\r\n]+={0,2}$/.test(body.toString("latin1"));
  const faults = answers
    .filter(({ body }) => isBase64(body) || first === undefined || !body.equals(first.body))
    .map(({ Accept }) => `${path} is no bytes for Accept: ${Accept}`);
  return faultsOr(
    `${path} is the same bytes whatever a caller accepts`,
    faults,
    "see binaryMediaTypes in infra/constructs/api-definition.ts",
  );
}

export const httpChecks: readonly Check[] = [
  { name: "version", run: version },
  { name: "openapi", run: openapi },
  { name: "open-pages", run: pages },
  { name: "api-headers", run: apiHeaders },
  { name: "unknown-paths", run: unknownPaths },
  { name: "refusals", run: refusals },
  { name: "head", run: head },
  { name: "bytes", run: bytes },
];

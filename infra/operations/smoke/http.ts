import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { connect } from "node:tls";
import * as z from "zod/mini";
import type { Route } from "../../../shared/operations/kit/route.ts";
import { problemType } from "../../../shared/http/problems.ts";
import { pageRoutes, type PageRoute } from "../../../shared/web/routes.ts";
import { apiRoutes } from "../../functions.ts";
import { failed, faultsOr, ok, skipped, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";

/*
 * Checks from outside, without a password. No request here changes anything: those that could are refused before
 * they reach an operation.
 */

const patienceMilliseconds = 30_000;

const send = (url: string, init: RequestInit = {}) =>
  fetch(url, { redirect: "manual", signal: AbortSignal.timeout(patienceMilliseconds), ...init });

const jsonOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const allRoutes: readonly Route[] = Object.values<Readonly<Record<string, Route>>>(apiRoutes).flatMap(
  (routes) => Object.values(routes),
);

const Problem = z.looseObject({ type: z.string(), title: z.string(), status: z.number() });

/** A sentence if an answer is not the problem that it should be, else null. */
async function problemFault(
  response: Response,
  what: string,
  { status, slug }: { readonly status: number; readonly slug: Parameters<typeof problemType>[0] },
): Promise<string | null> {
  const wanted = `${what}: ${status} ${slug} was expected`;
  const type = response.headers.get("content-type") ?? "no media type";
  const body = z.safeParse(Problem, await jsonOf(response));
  if (response.status !== status) return `${wanted}, the answer is ${response.status}`;
  if (!type.startsWith("application/problem+json")) return `${wanted}, the answer is ${type}`;
  if (!body.success || body.data.type !== problemType(slug)) return `${wanted}, the body is another`;
  return null;
}

const sentences = async (faults: readonly Promise<string | null>[]) =>
  (await Promise.all(faults)).filter((fault) => fault !== null);

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

const allPages: readonly PageRoute[] = Object.values(pageRoutes).flat();

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

const fillPath = (path: string) => path.replaceAll(/\{[^}]+\}/g, "1");

const protectedRoutes = allRoutes
  .filter(({ who }) => who !== "anyone")
  .map(({ method, path }) => ({ method, path: fillPath(path) }));

/** The token of another issuer, signed with nothing. */
const forgedToken = ["eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ", "eyJzdWIiOiJhIn0", "AAAA"].join(".");

async function protectedApi({ baseUrl }: Place): Promise<Outcome[]> {
  const refusal = { status: 401, slug: "not-authenticated" } as const;
  const faults: string[] = [];
  for (const { method, path } of protectedRoutes) {
    const call = async (what: string, headers: Record<string, string>) =>
      problemFault(
        await send(`${baseUrl}${path}`, { method, headers }),
        `${method} ${path} ${what}`,
        refusal,
      );
    const pair = [
      call("without a token", {}),
      call("with a forged token", { Authorization: `Bearer ${forgedToken}` }),
    ];
    faults.push(...(await sentences(pair)));
  }
  return faultsOr(
    `${protectedRoutes.length} routes refuse requests without a token and with a forged one`,
    faults,
    "close the route: it has no authorizer",
  );
}

const protectedPages = allPages
  .filter(({ method, session }) => method === "GET" && session === "required")
  .map(({ path }) => fillPath(path));

async function protectedWeb({ baseUrl }: Place): Promise<Outcome[]> {
  const faults: string[] = [];
  for (const path of protectedPages) {
    const response = await send(`${baseUrl}${path}`);
    const location = response.headers.get("location");
    const target = location === null ? null : new URL(location, `${baseUrl}/`).href;
    if (response.status !== 303) faults.push(`${path} without a session answers ${response.status}`);
    else if (target === null || !target.startsWith(`${baseUrl}/`))
      faults.push(`${path} leads to ${target ?? "nowhere"}, outside of ${baseUrl}`);
  }
  return faultsOr(
    `${protectedPages.length} pages lead to signing in, below ${baseUrl}`,
    faults,
    "read the log of the function that serves the page",
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

const strangeHost = "smoke-test.invalid";

/** `fetch` does not let its caller choose the Host. */
function askWithHost(url: string, headers: Record<string, string>): Promise<string> {
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const call = request(url, { headers, timeout: patienceMilliseconds }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve([...response.rawHeaders, Buffer.concat(chunks).toString("utf8")].join("\n")),
      );
    });
    call.on("timeout", () => call.destroy(new Error("no answer in time")));
    call.on("error", reject);
    call.end();
  });
}

async function host({ baseUrl }: Place): Promise<Outcome[]> {
  const names = ["Host", "X-Forwarded-Host", "X-Original-Host", "Forwarded"];
  const faults = await Promise.all(
    names.flatMap((name) =>
      ["/", "/welkom"].map(async (path) => {
        const value = name === "Forwarded" ? `host=${strangeHost}` : strangeHost;
        const answer = await askWithHost(`${baseUrl}${path}`, { [name]: value });
        return answer.includes(strangeHost) ? [`${path} repeats ${name}`] : [];
      }),
    ),
  );
  return faultsOr(
    "a strange host in a header appears nowhere in an answer",
    faults.flat(),
    "see PUBLIC_URL of web: links and redirects are made of it alone",
  );
}

/** The protocol that a server agrees to, or null if it refuses all up to a version. */
export function agreedProtocol(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  newest: "TLSv1.1" | "TLSv1.2",
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port,
      servername: hostname,
      minVersion: "TLSv1",
      maxVersion: newest,
      // OpenSSL itself refuses old versions at its usual level, which would say nothing about the server.
      ciphers: "DEFAULT@SECLEVEL=0",
      // Certificates are checked by all other requests.
      rejectUnauthorized: false,
      timeout: patienceMilliseconds,
    });
    socket.on("secureConnect", () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
    socket.on("timeout", () => socket.destroy(new Error("no answer in time")));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (/^ERR_SSL|^ECONNRESET$|^EPROTO$/.test(error.code ?? "")) resolve(null);
      else reject(error);
    });
  });
}

async function tls({ baseUrl }: Place): Promise<Outcome[]> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol !== "https:") return [skipped("the address has no TLS, as on one machine")];
  const server = { hostname, port: Number(port || 443) };
  const [old, current] = [await agreedProtocol(server, "TLSv1.1"), await agreedProtocol(server, "TLSv1.2")];
  if (current === null) return [failed("TLS 1.2 is refused", "see securityPolicy in infra/constructs")];
  if (old !== null) return [failed(`${old} is accepted`, "see securityPolicy in infra/constructs")];
  return [ok(`${current} and newer, nothing older`)];
}

export const httpChecks: readonly Check[] = [
  { name: "version", run: version },
  { name: "openapi", run: openapi },
  { name: "open-pages", run: pages },
  { name: "api-headers", run: apiHeaders },
  { name: "tls", run: tls },
  { name: "unknown-paths", run: unknownPaths },
  { name: "protected-api", run: protectedApi },
  { name: "protected-pages", run: protectedWeb },
  { name: "refusals", run: refusals },
  { name: "head", run: head },
  { name: "bytes", run: bytes },
  { name: "strange-host", run: host },
];

import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { faultsOr, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";
import { patienceMilliseconds, send, problemFault, sentences, allRoutes, allPages } from "./requests.ts";

/* Checks that nobody comes in from outside. */

/** Ids begin at 1, so that even a route that lets everybody in would find nothing to change. */
const fillPath = (path: string) => path.replaceAll(/\{[^}]+\}/g, "0");

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

export const accessChecks: readonly Check[] = [
  { name: "protected-api", run: protectedApi },
  { name: "protected-pages", run: protectedWeb },
  { name: "strange-host", run: host },
];

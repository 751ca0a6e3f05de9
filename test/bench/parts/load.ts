import { argon2Sync, randomBytes } from "node:crypto";
import { join } from "node:path";
import autocannon, { type Request } from "autocannon";
import { buildFolder } from "../../../infra/build/build-functions.ts";
import { derivationParameters } from "../../../shared/operations/passwords/password-history.ts";
import { newPerson, OwnStack } from "../../support/stack.ts";
import { budgets } from "../budgets.ts";
import { keepProfile, readProfile, type CpuProfile } from "../profile.ts";
import type { Findings, Part } from "../report.ts";
import { sum } from "../statistics.ts";

const seconds = 12;
const warmUpSeconds = 4;
const connections = 4;
const mostEntries = 12;

interface Scenario {
  readonly what: string;
  readonly request: Request;
  /** The functions that serve it. */
  readonly functions: readonly string[];
  /** Whose profile is printed. */
  readonly profiled: boolean;
}

/** Load on the local stack for a while, and what of the processor our own code takes of it. */
export const load: Part = {
  title: `${connections} connections for ${seconds} s each, on the local stack`,
  run: async (findings) => {
    const { progress, figure } = findings;
    progress("starting the local stack");
    const stack = await OwnStack.start({ failedSignInsBeforeLock: "100" });
    try {
      const derivation = derivationMilliseconds();
      figure({ what: "one argon2id derivation, processor", value: derivation, unit: "ms", kind: "time" });
      for (const scenario of await scenarios(stack)) {
        progress(scenario.what);
        const { each, own } = await measure(stack, scenario, findings);
        if (scenario.what !== "sign-in") continue;
        const limit = { budget: budgets.ownProcessorTime, unit: "of a derivation", kind: "time" } as const;
        figure({
          what: "sign-in, processor time of our own code",
          value: (own * each) / derivation,
          ...limit,
        });
        figure({ what: "sign-in, with the SDK, libraries and Node", value: each / derivation, ...limit });
      }
    } finally {
      await stack.stop();
    }
  },
};

async function scenarios(stack: OwnStack): Promise<Scenario[]> {
  const administrator = stack.account("organisation-admin");
  const token = await stack.tokenOf(administrator);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const users = `/v1/organisations/${administrator.organisationId}/users`;
  // Whoever signs in again and again loses the oldest of their sessions: the administrator's is needed below.
  const everyone = stack.accounts.filter(
    ({ situation, username }) => situation === null && username !== administrator.username,
  );
  let turn = 0;
  const next = () => {
    const { username, password } = everyone[turn++ % everyone.length]!;
    return JSON.stringify({ username, password });
  };
  const setup = (body: () => string) => (request: Request) => ({ ...request, body: body() });
  const post = { method: "POST" as const, headers };
  return [
    {
      ...{ what: "sign-in", functions: ["sessions", "identity-token"], profiled: true },
      request: { ...post, path: "/v1/sessions", setupRequest: setup(next) },
    },
    {
      ...{ what: "caller check", functions: ["sessions"], profiled: false },
      request: { method: "GET", headers, path: "/v1/me" },
    },
    {
      ...{ what: "search", functions: ["users"], profiled: true },
      request: { method: "GET", headers, path: `${users}?search=an&sort=name` },
    },
    {
      ...{ what: "create", functions: ["users"], profiled: false },
      request: { ...post, path: users, setupRequest: setup(() => JSON.stringify(newPerson())) },
    },
  ];
}

interface ProcessorTime {
  /** Milliseconds that the functions took for each request. */
  readonly each: number;
  /** The part of it that our own code took; NaN where that was not looked at. */
  readonly own: number;
}

async function measure(
  stack: OwnStack,
  scenario: Scenario,
  { figure, note }: Findings,
): Promise<ProcessorTime> {
  const { what, functions, request, profiled } = scenario;
  const run = (duration: number) =>
    autocannon({ url: stack.baseUrl, connections, duration, requests: [request] });
  await run(warmUpSeconds);
  const workers = functions.map((name) => workerOf(stack, name));
  const before = await Promise.all(workers.map((worker) => worker.cpuUsage()));
  const { latency, requests, non2xx, errors } = await run(seconds);
  const used = await Promise.all(workers.map((worker, index) => worker.cpuUsage(before[index])));
  const processor = sum(used.map(({ user, system }) => user + system)) / 1000;
  const each = processor / requests.total;
  const time = { kind: "time" } as const;
  figure({ what: `${what}, a second`, value: requests.average, unit: "requests", ...time });
  figure({ what: `${what}, p50`, value: latency.p50, unit: "ms", ...time });
  figure({ what: `${what}, p99`, value: latency.p99, unit: "ms", ...time });
  figure({ what: `${what}, processor time of our functions`, value: each, unit: "ms a request", ...time });
  const share = processor / (seconds * 1000);
  figure({ what: `${what}, their share of one processor`, value: 100 * share, unit: "%", ...time });
  figure({ what: `${what}, refused or failed`, value: non2xx + errors, unit: "requests", budget: 0 });
  // A profile slows down what it looks at, so it has a run of its own.
  if (!profiled) return { each, own: NaN };
  const { lines, own } = await profileOf(stack, scenario, () => run(seconds));
  for (const line of lines) note(line);
  return { each, own };
}

async function profileOf(
  stack: OwnStack,
  { what, functions }: Scenario,
  run: () => Promise<unknown>,
): Promise<{ lines: string[]; own: number }> {
  const handles = await Promise.all(functions.map((name) => workerOf(stack, name).startCpuProfile()));
  await run();
  const lines: string[] = [];
  let [own, all] = [0, 0];
  for (const [index, handle] of handles.entries()) {
    const name = functions[index]!;
    const profile = await handle.stop();
    const file = join(buildFolder, "profiles", `${what}.${name}.cpuprofile`);
    keepProfile(file, profile);
    lines.push(`Where ${name} spends its time in a ${what} (build/profiles/${what}.${name}.cpuprofile):`);
    const { entries, shares, microseconds } = await readProfile(name, JSON.parse(profile) as CpuProfile);
    lines.push(`  ${shares}`, ...entries.slice(0, mostEntries));
    own += microseconds.ours;
    all += microseconds.all;
  }
  return { lines, own: own / all };
}

function workerOf(stack: OwnStack, name: string) {
  const found = stack.host
    .environments()
    .find(({ variables }) => variables["POWERTOOLS_SERVICE_NAME"] === name);
  if (!found) throw new Error(`${name} does not run`);
  return found.worker;
}

/** Processor time of one derivation with the parameters of DESIGN §5. */
function derivationMilliseconds(): number {
  const derive = () =>
    argon2Sync("argon2id", {
      ...{ message: "Tulpenveld-48!", nonce: randomBytes(16) },
      ...derivationParameters,
    });
  for (let time = 0; time < 3; time += 1) derive();
  const times = 20;
  const before = process.threadCpuUsage();
  for (let time = 0; time < times; time += 1) derive();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / times;
}

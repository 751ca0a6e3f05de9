import { join, relative, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { help, readCommandLine } from "./command-line.ts";
import type { DemoAccount } from "./demo/seed.ts";
import { HostError } from "./host-error.ts";
import { watchAncestors } from "./processes.ts";
import { type RunningHost, startHost } from "./start-host.ts";
import { projectDirectory } from "./template/synthesis.ts";
import { troubles } from "./troubles/troubles.ts";

/** `npm start`: runs the app on this machine until it is told to stop. */

// Lambda runs in UTC, and worker threads have the time zone of the process.
process.env["TZ"] = "UTC";

const defaultPort = 3000;
const longestStop = 10_000;
const begun = performance.now();
const interrupted = new AbortController();
let host: RunningHost | null = null;

function log(line: string): void {
  console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}`);
}

/**
 * The first signal stops the host in order, a second one at once. A host that is still starting has no work to finish:
 * it ends in time even if a step of its start does not, and all that it started ends with it (processes.ts).
 */
function stopOn(reason: string): void {
  if (interrupted.signal.aborted) process.exit(1);
  interrupted.abort(new HostError(reason));
  const code = host === null ? 0 : 1;
  setTimeout(() => process.exit(code), longestStop).unref();
  console.log("\nStopping");
  void host?.stop();
}

function printAddresses({ baseUrl, mailUrl, accounts }: RunningHost): void {
  console.log(`\n  Portero user administration   ${baseUrl}/\n  Mails that it sends           ${mailUrl}/\n`);
  if (accounts.length > 0) printAccounts(accounts);
  console.log("  Ctrl-C stops it; npm start -- --reset starts over with an empty state.\n");
}

function printAccounts(accounts: readonly DemoAccount[]): void {
  const shown = accounts.map(({ username, password, roles, organisationId, situation }) => [
    username,
    password,
    organisationId,
    [...roles, ...(situation === null ? [] : [situation])].join(", "),
  ]);
  const rows = [["Login name", "Password", "Org.", "Role or situation"], ...shown];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}`,
    );
  console.log("");
}

async function run(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2));
  if (options === null) {
    console.log(help());
    return;
  }
  const { port, reset, context, state, app, demo, troubles: chosen } = options;
  const stateDirectory = state === null ? join(projectDirectory, ".portero") : resolve(state);
  log(`Starting; state is kept in ${relative(process.cwd(), stateDirectory) || "."}`);
  host = await startHost({
    stateDirectory,
    context,
    reset,
    log,
    port: port ?? undefined,
    app: app ?? undefined,
    seed: demo,
    troubles: chosen,
    preferredPort: defaultPort,
    signal: interrupted.signal,
  });
  log("Ready");
  printAddresses(host);
  for (const name of chosen) console.log(`  Trouble ${name}: ${troubles[name].meaning}\n`);
  const failure = await host.stopped;
  if (failure) throw failure;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => stopOn("The local host was stopped while it started."));
}
watchAncestors(() => stopOn("npm has ended."));

try {
  await run();
  process.exit(0);
} catch (error) {
  if (interrupted.signal.aborted) process.exit(0);
  console.error(error instanceof HostError ? `\n${error.message}` : error);
  process.exit(1);
}

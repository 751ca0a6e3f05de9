import { type RequestListener, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../host-error.ts";

/*
 * Runs an emulator in a process of its own. It takes a port at once, so that its address is known, loads the
 * emulator, and answers after it was started; it ends when the host ends. Arguments: the preferred port, the module.
 */

/** Messages from the host to an emulator's process. */
export type Order = { order: "start"; settings: unknown } | { order: "stop" };

/** Messages from the process to the host. */
export type Report =
  { report: "listening"; port: number } | { report: "ready" } | { report: "failed"; reason: string };

export interface Emulator {
  /** Creates the listener for requests; called once, when the host knows all settings. */
  start: (settings: unknown) => Promise<RequestListener>;
  /** Writes to disk what is still in memory. */
  settle?: () => Promise<void>;
}

const [preferredPort = "0", module = ""] = process.argv.slice(2);
const host = "127.0.0.1";
const settlePatience = 1000;

const report = (message: Report) => process.send?.(message);
let emulator: Promise<Emulator> | null = null;
let listener: RequestListener | null = null;

function load(): Promise<Emulator> {
  emulator ??= import(module).then((loaded: { emulator: Emulator }) => loaded.emulator);
  return emulator;
}

function end(): void {
  const exit = () => process.exit(0);
  setTimeout(exit, settlePatience);
  Promise.resolve(emulator)
    .then((loaded) => loaded?.settle?.())
    .then(exit, exit);
}

async function start(settings: unknown): Promise<void> {
  try {
    listener = await (await load()).start(settings);
    report({ report: "ready" });
  } catch (error) {
    report({ report: "failed", reason: messageOf(error) });
  }
}

function obey(message: Order): void {
  if (message.order === "start") void start(message.settings);
  else end();
}

process.on("message", (message) => obey(message as Order));
process.on("disconnect", end);
process.on("SIGTERM", end);

const server = createServer((request, response) => {
  if (listener) listener(request, response);
  else response.writeHead(503).end();
});
server.once("listening", () => {
  report({ report: "listening", port: (server.address() as AddressInfo).port });
  // The start order reports a module that cannot be loaded.
  load().catch(() => undefined);
});
server.once("error", () => server.listen(0, host));
server.listen(Number(preferredPort), host);

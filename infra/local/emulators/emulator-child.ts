import { type RequestListener, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../host-error.ts";

/** What the host says to an emulator's process. */
export type Order =
  | { order: "start"; settings: unknown }
  | { order: "interrupt"; interrupted: boolean }
  | { order: "refuse-mail"; address: string }
  | { order: "stop" };

/** What the process says to the host. */
export type Report =
  { report: "listening"; port: number } | { report: "ready" } | { report: "failed"; reason: string };

export interface Emulator {
  /** Makes what answers requests; called once, when the host knows all settings. */
  start: (settings: unknown) => Promise<RequestListener>;
  /** Brings what is still in memory to disk. */
  settle?: () => Promise<void>;
  refuseMail?: (address: string) => void;
}

/**
 * Runs an emulator in a process of its own: takes a port at once, so that others can be told the address, loads
 * meanwhile, answers when it has been started, and ends with the host, however the host ends.
 */
export function runEmulator(load: () => Promise<Emulator>): void {
  let emulator: Promise<Emulator> | null = null;
  let listener: RequestListener | null = null;
  let interrupted = false;
  const server = createServer((request, response) => {
    if (interrupted) request.socket.destroy();
    else if (listener) listener(request, response);
    else response.writeHead(503).end();
  });
  const report = (said: Report) => process.send?.(said);
  const end = () => {
    const done = () => process.exit(0);
    setTimeout(done, 1000);
    Promise.resolve(emulator)
      .then((loaded) => loaded?.settle?.())
      .then(done, done);
  };
  const obey = async (said: Order) => {
    if (said.order === "interrupt") interrupted = said.interrupted;
    if (said.order === "refuse-mail") (await emulator)?.refuseMail?.(said.address);
    if (said.order === "stop") end();
    if (said.order !== "start") return;
    try {
      emulator ??= load();
      listener = await (await emulator).start(said.settings);
      report({ report: "ready" });
    } catch (error) {
      report({ report: "failed", reason: messageOf(error) });
    }
  };
  process.on("message", (said) => void obey(said as Order));
  process.on("disconnect", end);
  process.on("SIGTERM", end);
  const listening = () => {
    report({ report: "listening", port: (server.address() as AddressInfo).port });
    emulator ??= load();
    // A module that cannot be loaded is told when the emulator is started.
    emulator.catch(() => undefined);
  };
  const host = "127.0.0.1";
  server.once("listening", listening);
  server.once("error", () => server.listen(0, host));
  server.listen(Number(process.argv[2] ?? 0), host);
}

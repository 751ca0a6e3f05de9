import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { HostError } from "./host-error.ts";

const host = "127.0.0.1";

/**
 * Listens on 127.0.0.1 only. A port in use is replaced by any free one, unless `exactly` is set.
 * @returns the port
 * @throws HostError if the port cannot be used and no other may be taken
 */
export async function listen(server: Server, port: number, { exactly = false } = {}): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES")
      throw new HostError(`Port ${port} may not be used by you: choose one above 1023 with --port.`);
    if (code !== "EADDRINUSE") throw error;
    if (exactly) throw new HostError(`Port ${port} is in use: choose another one with --port.`);
    return await listen(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

/** Stops taking requests, and closes connections that are still busy after `patience` milliseconds. */
export async function closeServer(server: Server, patience = 1000): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}

/** The preferred port if nothing listens on it, otherwise any free one. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (preferred === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(preferred, host, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

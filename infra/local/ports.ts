import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HostError } from "./host-error.ts";

const host = "127.0.0.1";

/**
 * Listens on this machine alone: on the port, or on any free one if that is in use and need not be it exactly.
 * @returns the port
 * @throws HostError if the port is in use and no other will do
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

/** Lets requests under way finish for a moment, then closes their connections. */
export async function closeServer(server: Server, patience = 1000): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}

import { connect } from "node:tls";
import { failed, ok, skipped, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";
import { patienceMilliseconds } from "./requests.ts";

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

export const tlsChecks: readonly Check[] = [{ name: "tls", run: tls }];

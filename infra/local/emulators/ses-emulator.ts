import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { RequestListener, Server } from "node:http";
import type { Emulator } from "./emulator-child.ts";

const require = createRequire(import.meta.url);
const { default: createServer } = require("aws-ses-v2-local") as {
  default: (settings: { host: string; port: number }) => Promise<Server>;
};
const { getStoreReadonly } = require("aws-ses-v2-local/dist/store.js") as {
  getStoreReadonly: () => { emails: unknown[] };
};

export const emulator: Emulator = {
  start: async (file) => {
    keepMails(String(file));
    const server = await createServer({ host: "127.0.0.1", port: 0 });
    const [answer] = server.listeners("request") as [RequestListener];
    server.close();
    return answer;
  },
};

/** The emulator keeps mails in memory; this writes each to disk before the sender is answered. */
function keepMails(file: string): void {
  let emails = readMails(file);
  const watch = (list: unknown[]) =>
    Object.defineProperty(list, "push", {
      value: (...mails: unknown[]) => {
        appendFileSync(file, asLines(mails));
        return Array.prototype.push.apply(list, mails);
      },
    });
  watch(emails);
  Object.defineProperty(getStoreReadonly(), "emails", {
    get: () => emails,
    set: (list: unknown[]) => {
      writeFileSync(file, asLines(list));
      emails = watch([...list]);
    },
  });
}

const asLines = (mails: unknown[]) => mails.map((mail) => `${JSON.stringify(mail)}\n`).join("");

/** Cuts off a last line without its end: its sender was never answered. */
function readMails(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const content = readFileSync(file);
  const end = content.lastIndexOf("\n") + 1;
  if (end < content.length) truncateSync(file, end);
  const lines = content.subarray(0, end).toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as unknown);
}

import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Server } from "node:http";
import { text } from "node:stream/consumers";
import type { Emulator } from "./emulator-child.ts";
import { refusal, recipientsOf } from "./mail-refusal.ts";

const require = createRequire(import.meta.url);
const { default: createServer } = require("aws-ses-v2-local") as {
  default: (settings: { host: string; port: number }) => Promise<Server>;
};
const { getStoreReadonly } = require("aws-ses-v2-local/dist/store.js") as {
  getStoreReadonly: () => { emails: unknown[] };
};

const refused = new Set<string>();

export const emulator: Emulator = {
  start: async (settings) => {
    keepMails(String(settings));
    const server = await createServer({ host: "127.0.0.1", port: 0 });
    const [answer] = server.listeners("request") as [RequestListener];
    server.close();
    return (request, response) => void receive(request, response, answer);
  },
  refuseMail: (address) => refused.add(address.toLowerCase()),
};

/** Refuses what it was told to refuse; the emulator itself takes every mail. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  answer: RequestListener,
): Promise<void> {
  if (request.method === "POST" && request.url === "/") {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const unwanted = recipientsOf(form).find((address) => refused.has(address));
    if (unwanted !== undefined) {
      response.writeHead(400, { "Content-Type": "text/xml" }).end(refusal(unwanted));
      return;
    }
    Object.assign(request, { body: form });
  }
  answer(request, response);
}

/** The emulator keeps mails in memory; this puts each on disk before SES says that it took it. */
function keepMails(file: string): void {
  let emails = readMails(file);
  const watch = (list: unknown[]) =>
    Object.defineProperty(list, "push", {
      value: (...mails: unknown[]) => {
        appendFileSync(file, mails.map((mail) => `${JSON.stringify(mail)}\n`).join(""));
        return Array.prototype.push.apply(list, mails);
      },
    });
  watch(emails);
  Object.defineProperty(getStoreReadonly(), "emails", {
    get: () => emails,
    set: (list: unknown[]) => {
      writeFileSync(file, list.map((mail) => `${JSON.stringify(mail)}\n`).join(""));
      emails = watch([...list]);
    },
  });
}

/** A last line without its end is a mail that nobody was told had been taken. */
function readMails(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const content = readFileSync(file);
  const end = content.lastIndexOf("\n") + 1;
  if (end < content.length) truncateSync(file, end);
  const lines = content.subarray(0, end).toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as unknown);
}

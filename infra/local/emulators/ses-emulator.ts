import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Emulator, Refusal } from "./emulator-child.ts";

const require = createRequire(import.meta.url);
const { default: createServer } = require("aws-ses-v2-local") as {
  default: (settings: { host: string; port: number }) => Promise<Server>;
};
const { getStoreReadonly } = require("aws-ses-v2-local/dist/store.js") as {
  getStoreReadonly: () => { emails: unknown[] };
};

const refusals = new Map<string, Refusal>();

export const emulator: Emulator = {
  start: async (file) => {
    keepMails(String(file));
    const server = await createServer({ host: "127.0.0.1", port: 0 });
    const [answer] = server.listeners("request") as [RequestListener];
    server.close();
    return (request, response) => void receive(request, response, answer);
  },
  refuseMail: (address, refusal) => {
    if (refusal === null) refusals.delete(address.toLowerCase());
    else refusals.set(address.toLowerCase(), refusal);
  },
};

/** Refuses mails to the addresses that a test named; the emulator itself accepts every mail. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  answer: RequestListener,
): Promise<void> {
  if (request.method === "POST" && request.url === "/") {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const refusal = recipientsOf(form).flatMap((address) => refusals.get(address) ?? [])[0];
    if (refusal !== undefined) {
      response.writeHead(400, { "Content-Type": "text/xml" }).end(answers[refusal]);
      return;
    }
    Object.assign(request, { body: form });
  }
  answer(request, response);
}

/** The addresses in a SendEmail or SendRawEmail request of SES's query protocol, in lower case. */
export function recipientsOf(form: Record<string, string>): string[] {
  const named = Object.entries(form)
    .filter(([key]) => /^(Destination\.(To|Cc|Bcc)Addresses|Destinations)\.member\.\d+$/.test(key))
    .map(([, value]) => value);
  const raw = Buffer.from(form["RawMessage.Data"] ?? "", "base64").toString("utf8");
  const headers = raw.split(/\r?\n\r?\n/, 1)[0]?.replaceAll(/\r?\n[ \t]+/g, " ") ?? "";
  const lines = headers.split(/\r?\n/).filter((line) => /^(to|cc|bcc):/i.test(line));
  const found = [...named, ...lines].flatMap((value) => value.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? []);
  return [...new Set(found.map((address) => address.toLowerCase()))];
}

const errorAnswer = (code: string, message: string) =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>local</RequestId></ErrorResponse>`;

/** The answers of SES, as "Amazon SES email sending errors" in its guide and reports of its users have them. */
const answers: Record<Refusal, string> = {
  malformed: errorAnswer("InvalidParameterValue", "Domain contains illegal character"),
  "not-verified": errorAnswer(
    "MessageRejected",
    "Email address is not verified. The following identities failed the check in region EU-WEST-1: portero.example",
  ),
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

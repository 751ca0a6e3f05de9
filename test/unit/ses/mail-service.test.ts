import { SESClient } from "@aws-sdk/client-ses";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isDomainError } from "../../../shared/domain/errors.ts";
import { MailRefused } from "../../../shared/domain/ports/mail.ts";
import { SesMailService } from "../../../shared/ses/mail-service.ts";

let server: Server;
let service: SesMailService;
let answer: { code: string; message: string };

beforeAll(async () => {
  server = createServer((_, response) => {
    const { code, message } = answer;
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    response.writeHead(400, { "Content-Type": "text/xml" });
    response.end(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as { port: number };
  const client = new SESClient({
    region: "eu-west-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
  });
  service = new SesMailService({ client, sender: "portero@ciz.example", configurationSet: "set" });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The fate of a mail: refused for good, tried again since a service fails, or tried again for its own sake. */
async function outcomeOf(code: string, message: string, attachments: boolean): Promise<string> {
  answer = { code, message };
  const pdf = {
    fileName: "brief.pdf",
    mediaType: "application/pdf" as const,
    content: new Uint8Array([1]),
  };
  const mail = {
    to: { name: "F. Test", address: "f@zorg.example" },
    subject: "s",
    html: "h",
    text: "t",
    ...(attachments && { attachments: [pdf] }),
  };
  const error: unknown = await service.send(mail).catch((thrown: unknown) => thrown);
  if (error instanceof MailRefused) return "refused";
  return isDomainError(error, "temporarily-unavailable") ? "service" : "tried again";
}

/** The codes and messages of "Amazon SES email sending errors" in SES's guide, and of its API reference. */
describe("an answer of SES to a mail", () => {
  it.each([
    ["InvalidParameterValue", "Missing final '@domain'", "refused"],
    ["InvalidParameterValue", "Domain contains illegal character", "refused"],
    ["InvalidParameterValue", "Local address contains control or whitespace", "refused"],
    ["InvalidParameterValue", "Illegal address", "refused"],
    [
      "MessageRejected",
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: ciz.example",
      "tried again",
    ],
    ["MessageRejected", "Account is paused", "tried again"],
    ["AccountSendingPausedException", "Email sending is disabled for your account", "service"],
    ["ConfigurationSetSendingPausedException", "Email sending is disabled for the set", "service"],
    ["ConfigurationSetDoesNotExist", "Configuration set does not exist", "service"],
    ["MailFromDomainNotVerifiedException", "Mail FROM domain is not verified", "service"],
    ["Throttling", "Maximum sending rate exceeded.", "service"],
    ["Throttling", "Daily message quota exceeded.", "service"],
    ["InvalidParameterValue", "Header too long: 'Subject'", "tried again"],
    ["AccessDenied", "User is not authorized to perform ses:SendEmail", "tried again"],
  ])("%s, %s: %s", async (code, message, expected) => {
    expect(await outcomeOf(code, message, false)).toBe(expected);
    expect(await outcomeOf(code, message, true)).toBe(expected);
  });
});

it("a letter carries its mail's id as a tag, so that feedback on it finds the closure", async () => {
  const sent: unknown[] = [];
  const client = {
    send: ({ input }: { input: unknown }) => {
      sent.push(input);
      return Promise.resolve({ MessageId: "m" });
    },
  } as unknown as SESClient;
  const service = new SesMailService({ client, sender: "ciz@portero.example", configurationSet: "portero" });
  const message = {
    to: { name: "Hendrik Prins", address: "h.prins@zorg.example" },
    subject: "Sluiting",
    html: "<p>Sluiting</p>",
    text: "Sluiting",
  };
  const attachment = {
    fileName: "brief.pdf",
    mediaType: "application/pdf",
    content: new Uint8Array([1]),
  } as const;
  await service.send({ ...message, attachments: [attachment], mailId: "mail-1" });
  await service.send(message);
  expect(sent).toMatchObject([
    { ConfigurationSetName: "portero", Tags: [{ Name: "portero-mail", Value: "mail-1" }] },
    { ConfigurationSetName: "portero" },
  ]);
  expect(sent[1]).not.toHaveProperty("Tags");
});

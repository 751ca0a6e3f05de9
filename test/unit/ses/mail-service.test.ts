import type { SESClient } from "@aws-sdk/client-ses";
import { expect, it } from "vitest";
import { SesMailService } from "../../../shared/ses/mail-service.ts";

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

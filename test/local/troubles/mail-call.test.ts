import { expect, it } from "vitest";
import { mailAddresses } from "../../../infra/local/troubles/mail-call.ts";

const bodyOf = (form: Record<string, string>) => new URLSearchParams(form).toString();

it("sender and recipients are found in both kinds of mail requests", () => {
  const plain = {
    Source: "Portero <No-Reply@portero.example>",
    "Destination.ToAddresses.member.1": "A@x.example",
    "Destination.BccAddresses.member.2": "b@x.example",
  };
  expect(mailAddresses(bodyOf(plain))).toEqual({
    sender: "no-reply@portero.example",
    recipients: ["a@x.example", "b@x.example"],
  });
  const raw = 'From: z@x.example\r\nTo: "C, D" <c@x.example>,\r\n d@x.example\r\n\r\nto: e@x.example';
  const { recipients } = mailAddresses(bodyOf({ "RawMessage.Data": Buffer.from(raw).toString("base64") }));
  expect(recipients).toEqual(["c@x.example", "d@x.example"]);
});

import { expect, it } from "vitest";
import { recipientsOf } from "../../../infra/local/emulators/ses-emulator.ts";

it("recipients are found in both kinds of mail requests", () => {
  expect(
    recipientsOf({
      "Destination.ToAddresses.member.1": "A@x.example",
      "Destination.BccAddresses.member.2": "b@x.example",
    }),
  ).toEqual(["a@x.example", "b@x.example"]);
  const raw = 'From: z@x.example\r\nTo: "C, D" <c@x.example>,\r\n d@x.example\r\n\r\nto: e@x.example';
  expect(recipientsOf({ "RawMessage.Data": Buffer.from(raw).toString("base64") })).toEqual([
    "c@x.example",
    "d@x.example",
  ]);
});

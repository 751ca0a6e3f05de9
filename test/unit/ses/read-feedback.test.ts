import { describe, expect, it } from "vitest";
import { ForeignFeedback, readFeedback } from "../../../shared/ses/read-feedback.ts";
import { bounce, complaint, delivery, snsEvent, source } from "../../support/mail-feedback.ts";

const to = "femke.test@zorg.example";
const read = (event: unknown) => readFeedback(event, source);

describe("feedback on mails", () => {
  it("gives address, result and time of each mail", () => {
    expect(read(bounce(to))).toMatchObject([
      { verdict: "bounced", email: to, at: "2026-11-22T12:00:01.000Z", kind: "General" },
    ]);
    expect(read(complaint(to))).toMatchObject([{ verdict: "complained", email: to }]);
    expect(read(delivery(to))).toMatchObject([{ verdict: "ok", email: to }]);
  });

  it("names the letter by the tag that it was sent with; other mails have none", () => {
    for (const make of [bounce, complaint, delivery]) {
      expect(read(make(to, { mailId: "mail-1" }))).toMatchObject([{ mailId: "mail-1" }]);
      expect(read(make(to))).toMatchObject([{ mailId: null }]);
    }
  });

  it.each(["Transient", "Undetermined"])(
    "a bounce that may pass (%s) says nothing of an address",
    (bounceType) => {
      expect(read(bounce(to, { bounceType }))).toEqual([]);
    },
  );

  it("an address on SES's suppression list counts as bouncing", () => {
    const [feedback] = read(bounce(to, { bounceSubType: "OnAccountSuppressionList" }));
    expect(feedback).toMatchObject({ verdict: "bounced", kind: "OnAccountSuppressionList" });
  });

  it("the text that SES sends when the topic is connected is no feedback", () => {
    const greeting = "Successfully validated SNS topic for Amazon SES event publishing.";
    expect(read(snsEvent(greeting))).toEqual([]);
  });

  it.each([
    ["another topic", { topicArn: "arn:aws:sns:eu-west-1:444455556666:feedback" }],
    ["another configuration set", { configurationSet: "someone-elses" }],
    ["another sender", { sender: "gebruikersbeheer@portero.example.evil.example" }],
  ])("that comes from %s is refused (SECURITY 23)", (_, parts) => {
    for (const make of [bounce, complaint, delivery]) {
      expect(() => read(make(to, parts))).toThrow(ForeignFeedback);
    }
  });

  it.each([
    ["no event of SNS", { Records: [{ EventSource: "aws:sqs", body: "" }] }],
    ["no JSON", snsEvent("hello")],
    ["no event of SES", snsEvent('{"eventType":"Bounce"}')],
    ["not an event at all", null],
  ])("that is %s is refused", (_, event) => {
    expect(() => read(event)).toThrow();
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { bounce, complaint, delivery, type FeedbackSource } from "../support/mail-feedback.ts";
import { newPerson, Stack } from "../support/stack.ts";

interface Template {
  readonly Resources: Record<string, { readonly Type: string }>;
}

describe("feedback on mails", () => {
  const stack = Stack.shared();
  const directory = join(inject("stackFolder"), ".portero");
  let token: string;
  let users: string;
  let ours: FeedbackSource;
  beforeAll(async () => {
    const account = stack.account("organisation-admin");
    token = await stack.tokenOf(account);
    users = `/v1/organisations/${account.organisationId}/users`;
    ours = {
      topicArn: `arn:aws:sns:eu-west-1:000000000000:${named("AWS::SNS::Topic", "MailSenderFeedback")}`,
      configurationSet: named("AWS::SES::ConfigurationSet", "MailSender"),
      sender: "gebruikersbeheer@portero.example",
    };
  });

  /** The local host's name for a resource of the app stack. */
  function named(type: string, start: string): string {
    const path = join(directory, "cdk.out", "local-portero-app.template.json");
    const { Resources } = JSON.parse(readFileSync(path, "utf8")) as Template;
    const [id] =
      Object.entries(Resources).find(([id, { Type }]) => Type === type && id.startsWith(start)) ?? [];
    return `local-portero-app-${id ?? ""}`;
  }

  async function tell(event: unknown): Promise<string | undefined> {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const { invokeUrl } = JSON.parse(readFileSync(join(directory, "demo.json"), "utf8")) as {
      invokeUrl: string;
    };
    const lambda = new LambdaClient({ endpoint: invokeUrl, region: "eu-west-1", credentials });
    const FunctionName = "local-portero-mail-feedback";
    const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
    return answer.FunctionError;
  }

  async function create(): Promise<{ username: string; email: string }> {
    const answer = await stack.call("POST", users, { token, body: newPerson() });
    expect(answer.status).toBe(201);
    await stack.waitForMails(answer.body.email, 1);
    return answer.body;
  }

  const standing = async (username: string): Promise<string> =>
    (await stack.call("GET", `${users}/${username}`, { token })).body.mailStatus;

  it("a mail that arrives makes the address a good one", async () => {
    const { username, email } = await create();
    expect(await standing(username)).toBe("unknown");
    expect(await tell(delivery(email, ours))).toBeUndefined();
    expect(await standing(username)).toBe("ok");
  });

  it.each([
    ["bounces", bounce, "bounced"],
    ["is complained about", complaint, "complained"],
  ])("one that %s shows on the user, whom no further mail goes to", async (_, make, status) => {
    const { username, email } = await create();
    expect(await tell(make(email, ours))).toBeUndefined();
    expect(await standing(username)).toBe(status);
    const asked = await stack.call("POST", "/v1/password-links", { body: { username } });
    expect(asked.status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await stack.mails(email)).toHaveLength(1);
  });

  it("feedback that is not on our mail fails, and changes nothing", async () => {
    const { username, email } = await create();
    expect(await tell(bounce(email, { ...ours, topicArn: `${ours.topicArn}2` }))).toBe("Unhandled");
    expect(await standing(username)).toBe("unknown");
  });
});

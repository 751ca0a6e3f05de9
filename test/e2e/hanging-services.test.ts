import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ServiceProxy, type ServiceCall } from "../support/service-proxy.ts";
import { newPerson, OwnStack, type Answer } from "../support/stack.ts";

describe("while a service takes requests and never answers (SECURITY 31)", () => {
  let stack: OwnStack;
  let proxy: ServiceProxy;
  let token: string;
  let users: string;

  beforeAll(async () => {
    proxy = await ServiceProxy.start();
    stack = await OwnStack.start({}, { detour: proxy.detour });
    const account = stack.account("organisation-admin");
    token = await stack.tokenOf(account);
    users = `/v1/organisations/${account.organisationId}/users`;
  });
  afterEach(() => {
    proxy.disturb = () => null;
  });
  afterAll(async () => {
    await stack.stop();
    await proxy.stop();
  });

  const hang = (wanted: (call: ServiceCall) => boolean) => {
    proxy.disturb = (call) => (wanted(call) ? { kind: "hang" } : null);
  };

  /** A function that is killed by its timeout would be answered 502, and one that API Gateway gave up on 500. */
  function expectTryAgain({ status, headers, body }: Answer): void {
    expect([status, body.type]).toEqual([503, "urn:portero:problem:temporarily-unavailable"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }

  it.each<[string, (call: ServiceCall) => boolean]>([
    [
      "the table, for the function that signs in",
      ({ by, service }) => by === "sessions" && service === "dynamodb",
    ],
    ["the table, for the token trigger", ({ by }) => by === "identity-token"],
    ["Cognito", ({ service }) => service === "cognito"],
  ])("%s: signing in is answered 503, and works once it answers", async (_, wanted) => {
    hang(wanted);
    const account = stack.account(null);
    expectTryAgain(await stack.signIn(account));
    proxy.disturb = () => null;
    expect((await stack.signIn(account)).status).toBe(201);
  });

  it("the table: changes are answered 503", async () => {
    hang(({ by }) => by === "users");
    expectTryAgain(await stack.call("POST", users, { token, body: newPerson() }));
  });

  it("SES: the change stands, and the mail goes out once it answers", async () => {
    hang(({ service }) => service === "ses");
    const person = newPerson();
    expect((await stack.call("POST", users, { token, body: person })).status).toBe(201);
    const hanging = () =>
      proxy.calls.some(({ service, disturbance }) => service === "ses" && disturbance?.kind === "hang");
    await expect.poll(hanging, { timeout: 60_000 }).toBe(true);
    proxy.disturb = () => null;
    await stack.waitForMails(person.email, 1, 60_000);
  });
});

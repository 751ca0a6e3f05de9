import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, OwnStack, Stack } from "../support/stack.ts";

const wrong = "Verkeerd-12345";

describe("guessing is slowed down (DESIGN §2, Signing in; SECURITY 12)", () => {
  const stack = Stack.shared();

  it.each([
    ["a login name that someone has", async () => (await newUser(stack)).username],
    ["one that nobody has", () => Promise.resolve(`niemand${Date.now() % 1000}`.replaceAll(/\d/g, "x"))],
    ["what can be none", () => Promise.resolve(`!niemand ${Date.now()}`)],
  ])("the sixth try on %s is refused, also with the right password", async (_, name) => {
    const username = await name();
    for (let time = 0; time < 5; time += 1) {
      expect((await stack.signIn({ username, password: wrong })).status).toBe(401);
    }
    const locked = await stack.signIn({ username, password: "Tulpenveld-48!" });
    expect([locked.status, locked.body.type]).toEqual([429, "urn:portero:problem:too-many-attempts"]);
    const seconds = Number(locked.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(880);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it("of forty wrong tries at once at most five are looked at", async () => {
    const { username } = await newUser(stack);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => stack.signIn({ username, password: wrong })),
    );
    expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.every((answer) => [401, 429].includes(answer.status))).toBe(true);
  });

  it("wrong current passwords are counted for their session, which strangers cannot lock", async () => {
    const account = await newUser(stack);
    const sessions = [await stack.signIn(account), await stack.signIn(account)];
    for (let time = 0; time < 6; time += 1) await stack.signIn({ ...account, password: wrong });
    const change = async (index: number, currentPassword: string) => {
      const body = { currentPassword, newPassword: "Korenbloem-77!" };
      const token = sessions[index]?.body.idToken as string;
      return (await stack.call("PUT", "/v1/me/password", { token, body })).status;
    };
    for (let time = 0; time < 5; time += 1) expect(await change(0, wrong)).toBe(403);
    expect(await change(0, account.password)).toBe(429);
    expect(await change(1, account.password)).toBe(204);
  });

  it("a password set with a link opens the lock: whoever reads the mail is not who guesses", async () => {
    const { username, email } = await newUser(stack);
    for (let time = 0; time < 6; time += 1) await stack.signIn({ username, password: wrong });
    await stack.givePassword(username, email, "Korenbloem-77!");
    expect((await stack.signIn({ username, password: "Korenbloem-77!" })).status).toBe(201);
  });
});

describe("ending access ends it now (SECURITY 13)", () => {
  const stack = Stack.shared();
  const me = async (token: string) => (await stack.call("GET", "/v1/me", { token })).status;

  it("changing the password ends the other sessions, with their refresh tokens, and keeps the one it came from", async () => {
    const account = await newUser(stack);
    const here = (await stack.signIn(account)).body as { idToken: string; refreshToken: string };
    const elsewhere = (await stack.signIn(account)).body as { idToken: string; refreshToken: string };
    const change = (currentPassword: string, newPassword: string) =>
      stack.call("PUT", "/v1/me/password", { token: here.idToken, body: { currentPassword, newPassword } });

    const guessed = await change(wrong, "Korenbloem-77!");
    expect([guessed.status, guessed.body.type]).toEqual([403, "urn:portero:problem:invalid-credentials"]);
    const same = await change(account.password, account.password);
    expect([same.status, same.body.errors]).toMatchObject([
      422,
      [{ pointer: "/newPassword", code: "recently-used" }],
    ]);
    expect((await change(account.password, "Korenbloem-77!")).status).toBe(204);

    expect([await me(here.idToken), await me(elsewhere.idToken)]).toEqual([200, 401]);
    const refresh = (refreshToken: string) =>
      stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    expect((await refresh(elsewhere.refreshToken)).status).toBe(401);
    expect((await refresh(here.refreshToken)).status).toBe(200);
    expect((await stack.signIn(account)).status).toBe(401);
    const mails = await stack.waitForMails(account.email, 3);
    expect(mails.at(-1)?.subject).toContain("gewijzigd");
  });

  it("a password set with a link ends all sessions", async () => {
    const account = await newUser(stack);
    const { idToken } = (await stack.signIn(account)).body as { idToken: string };
    await stack.givePassword(account.username, account.email, "Korenbloem-77!");
    expect(await me(idToken)).toBe(401);
  });

  it("a refresh token is worth nothing in another's hands, or changed", async () => {
    const one = (await stack.signIn(await newUser(stack))).body as { refreshToken: string };
    const other = (await stack.signIn(await newUser(stack))).body as { refreshToken: string };
    const [organisation, username, secret] = one.refreshToken.split("~");
    const cognito = other.refreshToken.split("~")[3];
    for (const refreshToken of [
      `${organisation}~${username}~${secret}~${cognito}`,
      `${organisation}~${username}~${"A".repeat(43)}~${one.refreshToken.split("~")[3]}`,
      "nonsense",
      cognito,
    ]) {
      const answer = await stack.call("POST", "/v1/sessions/refresh", { body: { refreshToken } });
      expect([answer.status, answer.body.type]).toEqual([401, "urn:portero:problem:not-authenticated"]);
    }
  });
});

describe("known and unknown login names take the same time (SECURITY 10)", () => {
  let stack: OwnStack;
  beforeAll(async () => {
    stack = await OwnStack.start({ failedSignInsBeforeLock: "100" });
  });
  afterAll(() => stack.stop());

  /** z of the Mann-Whitney test: how far two samples lie apart, in standard deviations. */
  function apart(one: number[], other: number[]): number {
    const all = [
      ...one.map((value) => ({ value, mine: true })),
      ...other.map((value) => ({ value, mine: false })),
    ];
    all.sort((a, b) => a.value - b.value);
    const ranks = all.reduce((sum, { mine }, index) => sum + (mine ? index + 1 : 0), 0);
    const [n, m] = [one.length, other.length];
    const u = ranks - (n * (n + 1)) / 2;
    return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

  it.each<[string, (username: string) => Promise<number>]>([
    ["signing in", async (username) => (await stack.signIn({ username, password: wrong })).status],
    [
      "asking for a link",
      async (username) => (await stack.call("POST", "/v1/password-links", { body: { username } })).status,
    ],
  ])("200 tries each of %s", async (_, act) => {
    const known = stack.accounts.map((account) => account.username);
    const unknown = known.map((name) => `${name.replaceAll(/\d/g, "")}qq`);
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    const timed = async (kind: "known" | "unknown", username: string) => {
      const begun = performance.now();
      const status = await act(username);
      times[kind].push(performance.now() - begun);
      return status;
    };
    for (let time = 0; time < 210; time += 1) {
      const index = time % known.length;
      const first = time % 2 === 0 ? "known" : "unknown";
      const statuses = [
        await timed(first, (first === "known" ? known : unknown)[index]!),
        await timed(first === "known" ? "unknown" : "known", (first === "known" ? unknown : known)[index]!),
      ];
      expect(statuses[0]).toBe(statuses[1]);
    }
    const [ours, theirs] = [times.known.slice(10), times.unknown.slice(10)];
    const difference = Math.abs(median(ours) - median(theirs));
    console.log(
      `known ${median(ours).toFixed(2)} ms, unknown ${median(theirs).toFixed(2)} ms, z ${apart(ours, theirs).toFixed(2)}`,
    );
    // Either no difference can be told at all, or it is below what a network lets anyone see.
    expect(Math.abs(apart(ours, theirs)) < 3.3 || difference < 1).toBe(true);
  });
});

/** Someone with a password, made for one test. */
async function newUser(stack: Stack): Promise<{ username: string; password: string; email: string }> {
  const admin = stack.account("organisation-admin");
  const token = await stack.tokenOf(admin);
  const person = newPerson();
  const path = `/v1/organisations/${admin.organisationId}/users`;
  const { body } = await stack.call("POST", path, { token, body: person });
  const username = body.username as string;
  await stack.waitForMails(person.email, 1);
  await stack.givePassword(username, person.email, "Tulpenveld-48!");
  return { username, password: "Tulpenveld-48!", email: person.email };
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Program, type Demo } from "../support/npm-start.ts";
import { newPerson } from "../support/stack.ts";

const program = new Program();
afterAll(() => program.stop());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function post(demo: Demo, path: string, body: unknown, token?: string) {
  const response = await fetch(`${demo.baseUrl}${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { idToken: string; username: string } };
}

it("npm start, killed in the middle of creations and started again: each is wholly there, mail included, or not at all", async () => {
  const first = await program.start();
  const admin = first.accounts.find((account) => account.roles.includes("organisation-admin"))!;
  const credentials = { username: admin.username, password: admin.password };
  const { idToken } = (await post(first, "/v1/sessions", credentials)).body;
  const people = Array.from({ length: 60 }, () => newPerson());
  const users = `/v1/organisations/${admin.organisationId}/users`;
  const creations = people.map((person) => post(first, users, person, idToken).catch(() => null));
  await Promise.race(creations);
  program.kill();
  const answered = (await Promise.all(creations)).filter((answer) => answer?.status === 201);
  expect(answered.length).toBeGreaterThan(0);

  const second = await program.start();
  expect(existsSync(join(program.directory, "demo.json"))).toBe(true);
  let all = await program.items(second);
  const deadline = Date.now() + 20_000;
  while (
    all.some((item) => String(item["PK"]).startsWith("MAIL#") && item["state"] === "queued") &&
    Date.now() < deadline
  ) {
    await pause(200);
    all = await program.items(second);
  }
  const of = (prefix: string, matches: (item: Record<string, unknown>) => boolean) =>
    all.filter((item) => String(item["PK"]).startsWith(prefix) && matches(item));
  let whole = 0;
  for (const { email } of people) {
    const [user] = of("ORG#", (item) => item["email"] === email && String(item["SK"]).startsWith("USER#"));
    const username = user?.["username"];
    const parts = {
      user: user ? 1 : 0,
      email: of("EMAIL#", (item) => item["PK"] === `EMAIL#${email}`).length,
      mail: of("MAIL#", (item) => item["username"] === username && item["state"] === "sent").length,
      trace: all.filter(
        (item) => item["action"] === "user.created" && (item["subject"] as { id?: string }).id === username,
      ).length,
    };
    expect(parts).toEqual(
      user ? { user: 1, email: 1, mail: 1, trace: 1 } : { user: 0, email: 0, mail: 0, trace: 0 },
    );
    whole += parts.user;
  }
  expect(whole).toBeGreaterThanOrEqual(answered.length);
  const again = await post(second, "/v1/sessions", credentials);
  expect(again.status).toBe(201);
});

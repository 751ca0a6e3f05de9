import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, expect, test } from "vitest";
import { newPerson } from "../support/stack.ts";

interface Demo {
  baseUrl: string;
  mailUrl: string;
  dynamodbUrl: string;
  accounts: { username: string; password: string; roles: string[]; organisationId: string }[];
}

const directory = mkdtempSync(join(tmpdir(), "portero-"));
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const process of started) kill(process, "SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 3000));
  rmSync(directory, { recursive: true, force: true });
});

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function npmStart(): Promise<{ child: ChildProcess; demo: Demo }> {
  const child = spawn("npm", ["start", "--", "--state", directory], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const deadline = Date.now() + 90_000;
  while (!output.includes("Ready")) {
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error(`npm start did not get ready:\n${output}`);
    await pause(100);
  }
  return { child, demo: JSON.parse(readFileSync(join(directory, "demo.json"), "utf8")) as Demo };
}

async function items({ dynamodbUrl }: Demo): Promise<Record<string, unknown>[]> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ region: "eu-west-1", endpoint: dynamodbUrl, credentials });
  const resources = JSON.parse(readFileSync(join(directory, "resources.json"), "utf8")) as {
    physicalIds: Record<string, string>;
  };
  const found: Record<string, unknown>[] = [];
  for (const table of Object.values(resources.physicalIds).filter(
    (id) => /table/i.test(id) && !id.startsWith("arn"),
  )) {
    const { Items = [] } = await DynamoDBDocumentClient.from(client).send(
      new ScanCommand({ TableName: table }),
    );
    found.push(...Items);
  }
  return found;
}

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

test("npm start, killed in the middle of creations and started again: each is wholly there, mail included, or not at all", async () => {
  const first = await npmStart();
  const admin = first.demo.accounts.find((account) => account.roles.includes("organisation-admin"))!;
  const credentials = { username: admin.username, password: admin.password };
  const { idToken } = (await post(first.demo, "/v1/sessions", credentials)).body;
  const people = Array.from({ length: 60 }, () => newPerson());
  const users = `/v1/organisations/${admin.organisationId}/users`;
  const creations = people.map((person) => post(first.demo, users, person, idToken).catch(() => null));
  await Promise.race(creations);
  kill(first.child, "SIGKILL");
  const answered = (await Promise.all(creations)).filter((answer) => answer?.status === 201);
  expect(answered.length).toBeGreaterThan(0);
  await pause(2000);

  const second = await npmStart();
  expect(existsSync(join(directory, "demo.json"))).toBe(true);
  let all = await items(second.demo);
  const deadline = Date.now() + 20_000;
  while (
    all.some((item) => String(item["PK"]).startsWith("MAIL#") && item["state"] === "queued") &&
    Date.now() < deadline
  ) {
    await pause(200);
    all = await items(second.demo);
  }
  const of = (prefix: string, test: (item: Record<string, unknown>) => boolean) =>
    all.filter((item) => String(item["PK"]).startsWith(prefix) && test(item));
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
  const again = await post(second.demo, "/v1/sessions", credentials);
  expect(again.status).toBe(201);
});

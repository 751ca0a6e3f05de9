import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findInstallation } from "../../infra/operations/installation.ts";
import { checks } from "../../infra/operations/smoke/checks.ts";
import { readPlace, type Place } from "../../infra/operations/smoke/place.ts";
import { runChecks } from "../../infra/operations/smoke/report.ts";
import { expiryAttribute, queuedMail } from "../../shared/dynamodb/keys.ts";
import { OwnStack } from "../support/stack.ts";

const days = 86_400_000;
const dailyJobs = ["deactivate-inactive", "warn-password-expiry"];

describe("npm run smoke", () => {
  let stack: OwnStack;
  let place: Place;
  beforeAll(async () => {
    stack = await OwnStack.start({}, { seed: false });
    const installation = await findInstallation(null, stack.directory);
    place = await readPlace(installation, { stage: null, state: stack.directory });
  });
  afterAll(() => stack.stop());

  /** The failures of one check, as `seen`. */
  async function failures(name: string, changed: Partial<Place> = {}): Promise<string[]> {
    const one = checks.filter((check) => check.name === name);
    expect(one).toHaveLength(1);
    const seen: string[] = [];
    for await (const { outcome } of runChecks(one, { ...place, ...changed }))
      if (outcome.result === "FAILED") seen.push(outcome.seen);
    return seen;
  }

  /** The exit code and the output of the command itself. */
  function command(): Promise<{ code: number; said: string }> {
    const program = join(import.meta.dirname, "..", "..", "infra", "operations", "smoke.ts");
    return new Promise((resolve) => {
      execFile(process.execPath, [program, "--state", stack.directory], (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout + stderr });
      });
    });
  }

  /** Everything as the stack answers it, but for one path; tells the address. */
  async function withAnswer(path: string, body: string): Promise<{ server: Server; baseUrl: string }> {
    const server = createServer((request, response) => {
      if (request.url === path) {
        response.writeHead(200, { "Content-Type": "application/json" }).end(body);
        return;
      }
      const method = request.method ?? "GET";
      const headers = Object.entries(request.headers).filter(([name]) => name === "authorization");
      fetch(`${place.baseUrl}${request.url ?? "/"}`, {
        method,
        headers: headers as [string, string][],
        redirect: "manual",
      })
        .then(async (answer) => {
          response.writeHead(answer.status, Object.fromEntries(answer.headers));
          response.end(Buffer.from(await answer.arrayBuffer()));
        })
        .catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it("fails if another commit is deployed than the one checked out", async () => {
    const release = { version: place.release.version, commit: "0123456789ab" };
    expect(await failures("version", { release })).toEqual([expect.stringContaining("commit 0123456789ab")]);
  });

  it("fails for a route that answers 200 without a token", async () => {
    const { server, baseUrl } = await withAnswer("/v1/me", "{}");
    const fault = "401 not-authenticated was expected, the answer is 200";
    expect(await failures("protected-api", { baseUrl })).toEqual([
      `GET /v1/me without a token: ${fault}`,
      `GET /v1/me with a forged token: ${fault}`,
    ]);
    server.close();
  });

  it("fails for a mail that waits for hours", async () => {
    const { client, tableName: TableName } = stack.tables();
    const createdAt = new Date(place.now.getTime() - days / 8).toISOString();
    // The stream delivers items with the key of a mail only, so that nothing takes this one out of the outbox.
    const Key = { PK: "SMOKE#1", SK: "MAIL" };
    await client.send(new PutCommand({ TableName, Item: { ...Key, ...queuedMail({ id: "1", createdAt }) } }));
    expect(await failures("outbox")).toEqual(["a mail waits for 180 minutes"]);
    await client.send(new DeleteCommand({ TableName, Key }));
  });

  it("fails for a job that never ran, once the installation is older than a day", async () => {
    const never = dailyJobs.map((job) => `${job} has never run`);
    expect(await failures("jobs")).toEqual([]);
    expect(await failures("jobs", { now: new Date(place.now.getTime() + 2 * days) })).toEqual(never);
  });

  it("fails for a job whose last run is days ago", async () => {
    const time = `${place.now.toISOString().slice(0, 19)}Z`;
    for (const job of dailyJobs) await stack.invoke(job, { time });
    expect(await failures("jobs")).toEqual([]);
    const late = await failures("jobs", { now: new Date(place.now.getTime() + 2 * days) });
    expect(late).toEqual(dailyJobs.map((job) => expect.stringContaining(`${job} last ran at`) as string));
  });

  it("fails for a table whose items no longer expire", async () => {
    const { client, tableName: TableName } = stack.tables();
    const expiry = (Enabled: boolean) =>
      client.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: expiryAttribute, Enabled },
        }),
      );
    await expiry(false);
    expect(await failures("tables")).toEqual([
      `${TableName}: items expire by no attribute, not by ${expiryAttribute}`,
    ]);
    await expiry(true);
  });

  it("fails for an app client that is not ours", async () => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const endpoint = stack.host.cognitoUrl;
    const cognito = new CognitoIdentityProviderClient({ region: "eu-west-1", endpoint, credentials });
    const UserPoolId = stack.host.outputs["UserPoolId"];
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "strange" }),
    );
    const ClientId = UserPoolClient?.ClientId;
    expect(await failures("user-pool")).toEqual([`the app client strange (${ClientId ?? ""}) is not ours`]);
    await cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
  });

  it("fails for dead letters, and says so by its exit code", async () => {
    const queue = place.resources.find(({ type }) => type === "AWS::SQS::Queue");
    const file = join(stack.directory, "queues", `${queue?.logicalId ?? ""}.jsonl`);
    writeFileSync(file, "{}\n");
    const { code, said } = await command();
    expect(code).toBe(1);
    expect(said).toMatch(
      /^FAILED {2}dead-letters .*1 dead letters\. To do: docs\/runbooks\/dead-letters\.md\.$/m,
    );
    expect(said.match(/^FAILED/gm)).toHaveLength(1);
    rmSync(file);
  });

  it("finds nothing wrong with a stack that is well, and skips only what has no stand-in", async () => {
    const { code, said } = await command();
    expect(said).not.toMatch(/^FAILED/m);
    expect(code).toBe(0);
    const skipped = said
      .split("\n")
      .filter((line) => line.startsWith("skipped"))
      .map((line) => line.split(/\s+/)[1]);
    expect(skipped).toEqual([
      "tls",
      "tables",
      "functions",
      "concurrency",
      "client-secret",
      "stream",
      "schedules",
      "alarms",
      "metrics",
      "logs",
      "firewalls",
      "backups",
      "mail",
    ]);
  });
});

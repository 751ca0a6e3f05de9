import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SESClient, SendEmailCommand } from "@aws-sdk/client-ses";
import { afterEach, describe, expect, it } from "vitest";
import {
  eventually,
  fixtureRegion,
  localCredentials,
  newPlace,
  type Place,
  recorded,
} from "./fixture/host.ts";
import { HostProcess, type Running, runningProcesses } from "./fixture/host-process.ts";

const places: Place[] = [];
const hosts: HostProcess[] = [];

function start(place: Place, settings: { args?: string[]; npm?: boolean } = {}): HostProcess {
  const host = new HostProcess(place, settings);
  hosts.push(host);
  return host;
}
function somewhere(): Place {
  const place = newPlace();
  places.push(place);
  return place;
}

afterEach(() => {
  for (const host of hosts.splice(0)) host.clear();
  for (const place of places.splice(0)) place.remove();
});

interface Demo {
  baseUrl: string;
  mailUrl: string;
  dynamodbUrl: string;
}
const readState = (place: Place, file: string): unknown =>
  JSON.parse(readFileSync(join(place.directory, file), "utf8"));
const demoOf = (place: Place) => readState(place, "demo.json") as Demo;
const resourcesOf = (place: Place) => readState(place, "resources.json") as Resources;

interface Resources {
  physicalIds: Record<string, string>;
  ports: Record<string, number>;
}
const idOf = (place: Place, start: string): string =>
  Object.entries(resourcesOf(place).physicalIds).find(([key]) => key.startsWith(start))![1];

/** Milliseconds for what takes no time on a quiet machine. */
const aLongWhile = 60_000;

/** Fulfilled when none of the processes is left. */
async function gone(processes: Running[], patience = aLongWhile): Promise<void> {
  await eventually(() => {
    const alive = runningProcesses().map(({ pid }) => pid);
    return processes.some(({ pid }) => alive.includes(pid)) ? undefined : true;
  }, patience);
}

const client = { region: fixtureRegion, credentials: localCredentials, maxAttempts: 1 };
const putMail = (place: Place, key: string) =>
  new DynamoDBClient({ ...client, endpoint: demoOf(place).dynamodbUrl }).send(
    new PutItemCommand({
      TableName: idOf(place, "local-fixture-data/Table"),
      Item: { PK: { S: key }, SK: { S: "MAIL" } },
    }),
  );
const deliveries = (place: Place, key: string) =>
  recorded(place).filter((line) => JSON.stringify(line).includes(`"${key}"`)).length;

describe("a host that is killed", () => {
  it("leaves nothing running, and finds everything again at its next start", async () => {
    const place = somewhere();
    const first = start(place);
    await first.ready();
    const { mailUrl } = demoOf(place);
    const pool = idOf(place, "local-fixture-data/Pool");
    const cognito = () =>
      new CognitoIdentityProviderClient({
        ...client,
        endpoint: `http://127.0.0.1:${resourcesOf(place).ports["cognito"]!}`,
      });
    await putMail(place, "MAIL#before");
    await eventually(() => (deliveries(place, "MAIL#before") > 0 ? true : undefined));
    const mail = { Subject: { Data: "kept" }, Body: { Text: { Data: "text" } } };
    await new SESClient({ ...client, endpoint: mailUrl }).send(
      new SendEmailCommand({
        Source: "a@portero.example",
        Destination: { ToAddresses: ["b@zonnehof.example"] },
        Message: mail,
      }),
    );
    // Many writes at once, so that the kill comes while Cognito's files are being written.
    const created: string[] = [];
    // `allSettled` handles the rejections of writes that the kill interrupts before anything awaits them.
    const creations = Promise.allSettled(
      Array.from({ length: 200 }, async (_, number) => {
        await cognito().send(
          new AdminCreateUserCommand({
            UserPoolId: pool,
            Username: `user${number}`,
            MessageAction: "SUPPRESS",
          }),
        );
        created.push(`user${number}`);
      }),
    );
    await eventually(() => (created.length > 20 ? true : undefined));
    const processes = first.processes();
    const commands = processes.map(({ command }) => command).join("\n");
    for (const program of ["dynoxide", "cognito-emulator", "ses-emulator"])
      expect(commands).toContain(program);
    process.kill(first.child.pid!, "SIGKILL");
    await gone(processes);
    await creations;

    const second = start(place);
    await second.ready();
    expect(idOf(place, "local-fixture-data/Pool")).toBe(pool);
    for (const Username of created)
      await cognito().send(new AdminGetUserCommand({ UserPoolId: pool, Username }));
    const { emails } = (await (await fetch(`${demoOf(place).mailUrl}/store`)).json()) as {
      emails: { subject: string }[];
    };
    expect(emails.map(({ subject }) => subject)).toEqual(["kept"]);
    await putMail(place, "MAIL#after");
    await eventually(() => (deliveries(place, "MAIL#after") > 0 ? true : undefined));
    expect(deliveries(place, "MAIL#before")).toBe(1);
    expect(recorded(place).filter(({ bootstrap }) => bootstrap)).toHaveLength(1);

    second.child.kill("SIGINT");
    expect(await second.ended()).toBe(0);
  });

  it("notices that npm was killed above it", async () => {
    const place = somewhere();
    const host = start(place, { npm: true });
    await host.ready();
    const processes = host.processes();
    expect(processes.length).toBeGreaterThan(4);
    process.kill(host.child.pid!, "SIGKILL");
    await gone(processes);
  });
});

describe("a host that is told to stop", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("does so in order and exits with 0 on %s", async (signal) => {
    const place = somewhere();
    const host = start(place);
    await host.ready();
    const processes = host.processes();
    host.child.kill(signal);
    expect(await host.ended()).toBe(0);
    await gone(processes);
  });

  it.each(["Starting", "Emulators", "CDK app synthesised", "Tables and user pool ready"])(
    "does so while it is still starting, after: %s",
    async (line) => {
      const place = somewhere();
      const host = start(place);
      await eventually(() => (host.output.includes(line) ? true : undefined), aLongWhile);
      const processes = host.processes();
      host.child.kill("SIGINT");
      expect(await host.ended()).toBe(0);
      await gone(processes);
    },
  );

  it("does so although a step of its start does not end, and keeps what it had made", async () => {
    const place = somewhere();
    const host = start(place, { args: ["-c", "failBootstrap=hang"] });
    await eventually(() => (recorded(place).length > 0 ? true : undefined), aLongWhile);
    const processes = host.processes();
    host.child.kill("SIGTERM");
    expect(await host.ended()).toBe(0);
    await gone(processes);
    const pool = idOf(place, "local-fixture-data/Pool");
    await start(place).ready();
    expect(idOf(place, "local-fixture-data/Pool")).toBe(pool);
  });
});

describe("troubles of a start", () => {
  async function failureOf(host: HostProcess): Promise<string> {
    expect(await host.ended()).toBe(1);
    expect(host.output).not.toMatch(/^\s+at /m);
    expect(host.processes()).toEqual([]);
    return host.output;
  }

  it("a port in use: one sentence; or another port, if none was asked for", async () => {
    const [other, usual] = [createServer(), createServer()];
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    expect(await failureOf(start(somewhere(), { args: ["--port", String(port)] }))).toContain(
      `Port ${port} is in use`,
    );
    // The usual port is in use then, by this server or by another program.
    usual.on("error", () => undefined).listen(3000, "127.0.0.1");
    const place = somewhere();
    const host = start(place);
    await host.ready();
    expect(host.output).toMatch(/Port 3000 is in use; taking \d+ instead/);
    expect((await fetch(`${demoOf(place).baseUrl}/open`)).status).toBe(200);
    other.close();
    usual.close();
  });

  it("a second host on the same state", async () => {
    const place = somewhere();
    await start(place).ready();
    expect(await failureOf(start(place))).toContain("Another local host is running on");
  });

  it.each([
    "resources.json",
    "lock.db",
    "dynamodb/dynamodb.db",
    "mails.jsonl",
    "checkpoints.json",
    "cognito/.cognito/db/clients.json",
  ])("a damaged state file: %s", async (file) => {
    const place = somewhere();
    mkdirSync(join(place.directory, file, ".."), { recursive: true });
    writeFileSync(join(place.directory, file), "{ this is not what it should be ".repeat(100) + "\n");
    expect(await failureOf(start(place))).toContain("npm start -- --reset");
  });

  it("an app that cannot be synthesised", async () => {
    const place = somewhere();
    const output = await failureOf(
      start(place, { args: ["--app", "node -e \"console.error('no such region');process.exit(1)\""] }),
    );
    expect(output).toMatch(/could not be synthesised:[\s\S]*no such region/);
  });

  it("an app with a resource that is not supported", async () => {
    const output = await failureOf(start(somewhere(), { args: ["-c", "withBucket=yes"] }));
    expect(output).toMatch(/is of type AWS::S3::Bucket, which the local host does not support/);
  });

  it("a deployment's function that fails", async () => {
    const output = await failureOf(start(somewhere(), { args: ["-c", "failBootstrap=yes"] }));
    expect(output).toContain("the operator has no name");
  });

  it("an emulator that ends by itself", async () => {
    const place = somewhere();
    const host = start(place);
    await host.ready();
    const dynamodb = host.processes().find(({ command }) => command.includes("/dynoxide serve"))!;
    process.kill(dynamodb.pid, "SIGKILL");
    expect(await failureOf(host)).toContain("DynamoDB stopped unexpectedly");
  });

  it("a start that was broken off while it made the demonstration: it starts over", async () => {
    const place = somewhere();
    const first = start(place);
    await first.ready();
    first.child.kill("SIGINT");
    await first.ended();
    const before = idOf(place, "local-fixture-data/Pool");
    const file = join(place.directory, "resources.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"seed": "none"', '"seed": "seeding"'));
    const second = start(place);
    await second.ready();
    expect(second.output).toContain("starting over with an empty state");
    expect(idOf(place, "local-fixture-data/Pool")).not.toBe(before);
  });
});

describe("a running host", () => {
  it("starts over when asked to, and listens on this machine alone", async () => {
    const place = somewhere();
    const first = start(place);
    await first.ready();
    const before = idOf(place, "local-fixture-data/Pool");
    first.child.kill("SIGTERM");
    await first.ended();
    await start(place, { args: ["--reset"] }).ready();
    expect(idOf(place, "local-fixture-data/Pool")).not.toBe(before);
    expect(recorded(place).filter(({ bootstrap }) => bootstrap)).toHaveLength(2);

    const outside = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ internal, family }) => !internal && family === "IPv4"),
    );
    const ports = [...Object.values(resourcesOf(place).ports), Number(new URL(demoOf(place).baseUrl).port)];
    for (const { address } of outside) {
      for (const port of ports) {
        const socket = connect(port, address);
        const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
        expect(error.code).toBe("ECONNREFUSED");
      }
    }
  });
});

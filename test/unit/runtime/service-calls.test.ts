import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { Context } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { CognitoIdentityProvider, createCognitoClient } from "../../../shared/cognito/identity-provider.ts";
import { createDocumentClient } from "../../../shared/dynamodb/client.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { createApi } from "../../../shared/http/api.ts";
import { describeError } from "../../../shared/runtime/logging.ts";
import { defineRoutes } from "../../../shared/operations/kit/route.ts";
import { patience, withDeadline, type Patience } from "../../../shared/runtime/service-calls.ts";
import { createSesClient, SesMailService } from "../../../shared/ses/mail-service.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";

const head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 1000\r\n\r\n";

/** The ways in which a service can fail to answer. */
const faults: Record<string, (socket: Socket) => void> = {
  "accepts and never answers": () => undefined,
  "answers headers and then hangs": (socket) => void socket.once("data", () => socket.write(head)),
  "answers a byte at a time, for ever": (socket) => {
    socket.once("data", () => socket.write(head));
    const drip = setInterval(() => socket.write(" "), 20);
    socket.once("close", () => clearInterval(drip));
  },
  "resets the connection": (socket) => void socket.once("data", () => socket.resetAndDestroy()),
};

let fault: (socket: Socket) => void;
let server: Server;
const sockets = new Set<Socket>();

beforeEach(async () => {
  server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    fault(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as { port: number };
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "none");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "none");
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server.close();
});

const short: Patience = { attempts: 2, attempt: 150, call: 400 };

const usersWith = (patient: Patience) =>
  new DynamoUserRepository({
    client: createDocumentClient({}, patient),
    tableName: "Portero",
    auditTableName: "PorteroAudit",
  });

const calls: Record<string, () => Promise<unknown>> = {
  DynamoDB: () => usersWith(short).findMember("1", "ftest"),
  Cognito: () =>
    new CognitoIdentityProvider({
      client: createCognitoClient(short),
      userPoolId: "eu-west-1_pool",
      userPoolClientId: "client",
      clientSecret: "secret",
    }).signIn("ftest", "Tulpenveld-48!"),
  SES: () =>
    new SesMailService({
      client: createSesClient(short),
      sender: "portero@ciz.example",
      configurationSet: "set",
    }).send({ to: { name: "F. Test", address: "f@zorg.example" }, subject: "s", html: "h", text: "t" }),
};

const named: Record<string, object> = {
  DynamoDB: { awsService: "DynamoDB", awsOperation: "BatchGetItem" },
  Cognito: { awsService: "CognitoIdentityProvider", awsOperation: "AdminInitiateAuth" },
  SES: { awsService: "SES", awsOperation: "SendEmail" },
};

const cases = Object.keys(calls).flatMap((service) =>
  Object.keys(faults).map((what): [string, string] => [service, what]),
);

describe("a call to a service ends in time (SECURITY 31)", () => {
  it.each(cases)("when %s %s: temporarily-unavailable", async (service, what) => {
    fault = faults[what]!;
    const error: unknown = await calls[service]!().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "temporarily-unavailable" });
    // The log says which call it was, and how the SDK names its failure.
    expect(describeError(error)).toMatchObject({
      reason: "temporarily-unavailable",
      cause: expect.stringMatching(/^(?:TimeoutError|Error)$/) as unknown,
      ...named[service],
      milliseconds: expect.any(Number) as unknown,
    });
  });

  it("and so do all calls of an invocation together, so that the caller gets 503 and Retry-After", async () => {
    fault = faults["accepts and never answers"]!;
    const users = usersWith(patience.dynamodb);
    const routes = defineRoutes({
      slow: {
        method: "GET",
        path: "/v1/slow",
        who: "anyone",
        summary: "",
        tag: "",
        success: { status: 200, schema: z.object({}), description: "" },
        problems: [],
      },
    });
    const manyCalls = async () => {
      for (;;) await users.findMember("1", "ftest").catch(() => users.findMember("1", "ftest"));
    };
    const api = createApi(routes, { slow: manyCalls }, { version: "1.0.0" });
    const context: Context = { ...lambdaContext, getRemainingTimeInMillis: () => 2_000 };
    const { statusCode, headers } = await api(gatewayEvent({ method: "GET", path: "/v1/slow" }), context);
    expect(statusCode).toBe(503);
    expect(headers?.["Retry-After"]).toBe("5");
  });

  it("and no call begins when the time is up", async () => {
    fault = faults["accepts and never answers"]!;
    const late = withDeadline(() => usersWith(patience.dynamodb).findMember("1", "ftest"));
    await expect(late({}, { getRemainingTimeInMillis: () => 1_000 })).rejects.toThrow(
      "temporarily-unavailable",
    );
    expect(sockets.size).toBe(0);
  });
});

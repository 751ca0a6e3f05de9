import { connect } from "node:net";
import { text } from "node:stream/consumers";
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningHost } from "../../../infra/local/start-host.ts";
import { fixtureRegion, localCredentials, newPlace, startFixture } from "../fixture/host.ts";

const place = newPlace();
let host: RunningHost;

beforeAll(async () => {
  host = await startFixture(place);
});
afterAll(async () => {
  await host.stop();
  place.remove();
});

type Json = ReturnType<typeof JSON.parse>;

async function call(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; body: Json }> {
  const response = await fetch(`${host.baseUrl}${path}`, init);
  const body = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true && body !== "";
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(body) : body };
}

async function eventOf(path: string, init: RequestInit = {}): Promise<Json> {
  const { status, body } = await call(path, init);
  expect(status).toBe(200);
  return body.event;
}

/** Sends what no HTTP client would; answers all that comes back. */
async function sendRaw(request: string): Promise<string> {
  const socket = connect(Number(new URL(host.baseUrl).port), "127.0.0.1");
  socket.end(request);
  return await text(socket);
}

describe("the event of a proxy integration", () => {
  it("has every field of API Gateway's payload 1.0", async () => {
    const event = await eventOf("/open/16?a=1&a=2&b=x+y%2B", { headers: { "User-Agent": "tests" } });
    expect(Object.keys(event).sort()).toEqual(
      [
        ...["resource", "path", "httpMethod", "headers", "multiValueHeaders", "queryStringParameters"],
        ...["multiValueQueryStringParameters", "pathParameters", "stageVariables", "requestContext", "body"],
        "isBase64Encoded",
      ].sort(),
    );
    expect(event).toMatchObject({
      resource: "/open/{id}",
      path: "/open/16",
      httpMethod: "GET",
      pathParameters: { id: "16" },
      queryStringParameters: { a: "2", b: "x y+" },
      multiValueQueryStringParameters: { a: ["1", "2"], b: ["x y+"] },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        resourcePath: "/open/{id}",
        path: "/local/open/16",
        stage: "local",
        httpMethod: "GET",
        identity: { sourceIp: "127.0.0.1", userAgent: "tests", cognitoIdentityId: null },
      },
    });
    expect(event.requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.requestContext.authorizer).toBeUndefined();
  });

  it("takes the caller's address from the connection, whatever a header says", async () => {
    const event = await eventOf("/open", { headers: { "X-Forwarded-For": "203.0.113.9" } });
    expect(event.requestContext.identity.sourceIp).toBe("127.0.0.1");
    expect(event.headers["X-Forwarded-For"]).toBe("203.0.113.9, 127.0.0.1");
  });

  it("passes path parameters on as they came, percent-encoded, and forgets a slash at the end", async () => {
    expect(await eventOf("/open/a%2Fb%20c/")).toMatchObject({
      path: "/open/a%2Fb%20c/",
      pathParameters: { id: "a%2Fb%20c" },
    });
    expect(await eventOf("/any/x/y/z")).toMatchObject({ pathParameters: { proxy: "x/y/z" } });
  });

  it("prefers a literal path part to a parameter, and falls back where only that fits", async () => {
    expect((await eventOf("/open/special")).resource).toBe("/open/special");
    expect((await eventOf("/open/special/fixed")).resource).toBe("/open/{id}/fixed");
    expect((await eventOf("/")).resource).toBe("/");
    expect((await eventOf("//open")).resource).toBe("/open");
  });

  it("carries text as text and binary media types as base64", async () => {
    const post = (body: Uint8Array<ArrayBuffer>, type: string) =>
      eventOf("/open", { method: "POST", body, headers: { "Content-Type": type } });
    expect(await post(Buffer.from("naïve €"), "text/plain")).toMatchObject({
      body: "naïve €",
      isBase64Encoded: false,
    });
    expect(await post(Buffer.from([0, 255]), "application/octet-stream")).toMatchObject({
      body: "AP8=",
      isBase64Encoded: true,
    });
  });
});

describe("the answer to a proxy integration", () => {
  it("takes header values that are numbers, and several values of one header", async () => {
    const { status, headers } = await call("/open?do=cookies");
    expect(status).toBe(204);
    expect(headers.get("x-one")).toBe("1");
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it.each([
    ["application/octet-stream, */*", [0, 255, 1, 254]],
    ["*/*, application/octet-stream", [...Buffer.from("AP8B/g==")]],
  ])("is bytes when the body is base64 and the first type of Accept binary: %s", async (Accept, expected) => {
    const response = await fetch(`${host.baseUrl}/open?do=binary`, { headers: { Accept } });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(expected);
  });

  it.each(["malformed", "throw", "exit", "hang", "spin"])(
    "is 502 when the function does this: %s",
    async (wish) => {
      const { status, body } = await call(`/open?do=${wish}`);
      expect(status).toBe(502);
      expect(body).toEqual({ message: "Internal server error" });
      expect((await call("/open")).status).toBe(200);
    },
  );
});

describe("what the gateway answers by itself", () => {
  it.each([
    ["an unknown path", "/nowhere", "GET"],
    ["a method that the path does not have", "/open", "DELETE"],
    ["HEAD, which is no GET", "/open", "HEAD"],
    ["an empty part of the path", "/open//fixed", "GET"],
  ])("is the template's response for %s", async (_, path, method) => {
    const { status, headers } = await call(path, { method });
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("api-version")).toBe("1.0.0");
  });

  it("fills in the request's context", async () => {
    const { body, headers } = await call("/nowhere");
    expect(body).toEqual({
      type: "urn:fixture:not-found",
      detail: "Missing Authentication Token",
      instance: "/local/nowhere",
      requestId: headers.get("x-amzn-requestid"),
    });
  });

  it("refuses a body over 10 MB, told or not told how long it is", async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, "a");
    expect((await call("/open", { method: "POST", body: large })).status).toBe(413);
    const stream = new Blob([large]).stream();
    const chunked = await call("/open", { method: "POST", body: stream, duplex: "half" } as RequestInit);
    expect(chunked).toMatchObject({ status: 413, body: { type: "urn:fixture:too-large" } });
  });

  it("stays up on what is no request", async () => {
    expect((await call("/open/%zz")).status).toBe(400);
    expect((await call("/open?x=%")).status).toBe(400);
    expect(await sendRaw("RUBBISH\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 [\s\S]*urn:fixture:bad-request/);
    expect(await sendRaw(`GET /open HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4/,
    );
    const quoted = await sendRaw('GET /a"b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(JSON.parse(quoted.split("\r\n\r\n")[1]!)).toMatchObject({ instance: "/local/a%22b" });
    expect((await call("/open")).status).toBe(200);
  });
});

describe("the Cognito authorizer", () => {
  const username = "fjansen";
  const password = "Zomerweek 2026";

  async function signIn(): Promise<{ idToken: string; accessToken: string }> {
    const client = new CognitoIdentityProviderClient({
      region: fixtureRegion,
      credentials: localCredentials,
      endpoint: host.cognitoUrl,
    });
    const UserPoolId = host.outputs["UserPoolId"]!;
    const ClientId = host.outputs["UserPoolClientId"]!;
    const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(UserPoolClient).toMatchObject({ IdTokenValidity: 15, RefreshTokenValidity: 480 });
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: username,
        MessageAction: "SUPPRESS",
        UserAttributes: [{ Name: "custom:organisation", Value: "16" }],
      }),
    );
    await client.send(
      new AdminSetUserPasswordCommand({
        UserPoolId,
        Username: username,
        Password: password,
        Permanent: true,
      }),
    );
    const SECRET_HASH = createHmac("sha256", UserPoolClient!.ClientSecret!)
      .update(username + ClientId)
      .digest("base64");
    const AuthParameters = { USERNAME: username, PASSWORD: password, SECRET_HASH };
    const { AuthenticationResult } = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters,
      }),
    );
    return { idToken: AuthenticationResult!.IdToken!, accessToken: AuthenticationResult!.AccessToken! };
  }

  it("lets nobody in without a token that it trusts", async () => {
    const { idToken, accessToken } = await signIn();
    const forged = `${idToken.slice(0, -6)}AAAAAA`;
    const unsigned = `${Buffer.from('{"alg":"none","kid":"CognitoLocal"}').toString("base64url")}.${idToken.split(".")[1]!}.`;
    for (const token of ["", "nonsense", forged, unsigned, accessToken]) {
      const { status, body } = await call("/closed", { headers: { Authorization: `Bearer ${token}` } });
      expect(status).toBe(401);
      expect(body.type).toBe("urn:fixture:not-authenticated");
    }
    for (const value of [`Bearer ${idToken}`, idToken]) {
      const { status, body } = await call("/closed", { headers: { Authorization: value } });
      expect(status).toBe(200);
      const { claims } = body.event.requestContext.authorizer;
      expect(claims).toMatchObject({
        "cognito:username": username,
        "custom:organisation": "16",
        token_use: "id",
        aud: host.outputs["UserPoolClientId"],
        iss: `https://cognito-idp.${fixtureRegion}.amazonaws.com/${host.outputs["UserPoolId"]!}`,
        // The trigger's claims: it ran as a function of the templates, called through the Invoke API.
        organisationId: "16",
        roles: "a,b",
      });
      expect(claims.exp).toMatch(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/);
      expect(Object.values(claims).every((claim) => typeof claim === "string")).toBe(true);
    }
  });
});

import { describe, expect, it } from "vitest";
import type { Template } from "../../../infra/local/template/assembly.ts";
import { claimsAsText } from "../../../infra/local/gateway/authorizer.ts";
import { Catalogue } from "../../../infra/local/template/catalogue.ts";
import { readCommandLine } from "../../../infra/local/command-line.ts";
import { GatewayRefusal, GatewayResponses } from "../../../infra/local/gateway/gateway-responses.ts";
import { recipientsOf } from "../../../infra/local/emulators/mail-refusal.ts";
import { isBinaryType, proxyAnswer } from "../../../infra/local/gateway/proxy-answer.ts";
import { RestRoutes } from "../../../infra/local/gateway/rest-routes.ts";

function catalogueOf(resources: NonNullable<Template["Resources"]>): Catalogue {
  const template = { Resources: { Api: { Type: "AWS::ApiGateway::RestApi" }, ...resources } };
  const stack = { name: "app", region: "eu-west-1", account: "000000000000", template };
  return new Catalogue({ stacks: [stack], assets: new Map() }, {}, "http://127.0.0.1:3000");
}
const apiOf = (catalogue: Catalogue) => catalogue.ofType("AWS::ApiGateway::RestApi")[0]!;

describe("gateway responses", () => {
  const response = (ResponseType: string, properties: object) => ({
    Type: "AWS::ApiGateway::GatewayResponse",
    Properties: { RestApiId: { Ref: "Api" }, ResponseType, ...properties },
  });
  const render = (refusal: GatewayRefusal, resources = {}) => {
    const catalogue = catalogueOf(resources);
    const context = { requestId: "r-1", path: "/x", identity: { sourceIp: "127.0.0.1" } };
    const { status, headers, body } = new GatewayResponses(catalogue, apiOf(catalogue)).render(
      refusal,
      context,
    );
    return { status, headers: Object.fromEntries(headers), body: body.toString() };
  };
  const unauthorized = new GatewayRefusal("UNAUTHORIZED", 'say "please"');

  it("are AWS's own where the template has none", () => {
    expect(render(unauthorized)).toMatchObject({ status: 401, body: '{"message":"say \\"please\\""}' });
    expect(render(new GatewayRefusal("DEFAULT_5XX", "Internal server error", 502)).status).toBe(502);
  });

  it("have the template's status, headers and body, with the request's context filled in", () => {
    const own = response("UNAUTHORIZED", {
      StatusCode: "418",
      ResponseParameters: {
        "gatewayresponse.header.X-Id": "context.requestId",
        "gatewayresponse.header.X-It": "'it''s'",
      },
      ResponseTemplates: {
        "application/json":
          "$context.error.message|${context.identity.sourceIp}|$context.error.responseType|$context.nothing|$context.path.",
      },
    });
    const { status, headers, body } = render(unauthorized, { own });
    expect(status).toBe(418);
    expect(headers).toMatchObject({ "X-Id": "r-1", "X-It": "it''s", "Content-Type": "application/json" });
    expect(body).toBe('say "please"|127.0.0.1|UNAUTHORIZED||/x.');
  });

  it("are those of DEFAULT_4XX and DEFAULT_5XX for types without their own", () => {
    const resources = {
      four: response("DEFAULT_4XX", { ResponseTemplates: { "application/json": "four" } }),
      five: response("DEFAULT_5XX", { StatusCode: "500", ResponseTemplates: { "application/json": "five" } }),
    };
    expect(render(unauthorized, resources)).toMatchObject({ status: 401, body: "four" });
    expect(render(new GatewayRefusal("INTEGRATION_TIMEOUT", ""), resources)).toMatchObject({
      status: 500,
      body: "five",
    });
  });
});

describe("routes", () => {
  it("say what they cannot do instead of dropping it", () => {
    const method = (HttpMethod: string, properties: object) => ({
      Type: "AWS::ApiGateway::Method",
      Properties: {
        RestApiId: { Ref: "Api" },
        ResourceId: { "Fn::GetAtt": ["Api", "RootResourceId"] },
        HttpMethod,
        ...properties,
      },
    });
    const lambda = {
      Type: "AWS_PROXY",
      Uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:f/invocations",
    };
    const catalogue = catalogueOf({
      Good: method("GET", { Integration: lambda }),
      Mock: method("OPTIONS", { Integration: { Type: "MOCK" } }),
      Signed: method("PUT", { AuthorizationType: "AWS_IAM", Integration: lambda }),
    });
    const routes = new RestRoutes(catalogue, apiOf(catalogue));
    expect(routes.remarks).toEqual([expect.stringContaining("MOCK"), expect.stringContaining("AWS_IAM")]);
    expect(routes.match("GET", "/")?.method.functionArn).toBe("arn:f");
    expect(routes.match("PUT", "/")).toBeNull();
  });
});

describe("answers of functions", () => {
  const answerTo = (payload: unknown) =>
    proxyAnswer({ requestId: "r", payload: JSON.stringify(payload) }, () => true);

  it.each([
    null,
    "text",
    [],
    { status: 200 },
    { statusCode: "abc" },
    { statusCode: 200, body: {} },
    { statusCode: 200, headers: { a: {} } },
  ])("are malformed: %j", (payload) => {
    expect(() => answerTo(payload)).toThrow(GatewayRefusal);
  });

  it("get 200 and JSON when they do not say, and lose headers that the gateway sets", () => {
    const { status, headers, body } = answerTo({
      headers: { Date: "never", "Transfer-Encoding": "chunked", "x-a": true },
      multiValueHeaders: { "X-A": ["1", "2"] },
    });
    expect(status).toBe(200);
    expect(headers).toEqual([
      ["x-amzn-Remapped-Date", "never"],
      ["X-A", "1"],
      ["X-A", "2"],
      ["Content-Type", "application/json"],
    ]);
    expect(body).toHaveLength(0);
  });

  it("know binary media types with wildcards", () => {
    expect(isBinaryType("image/png; x=1", ["image/*"])).toBe(true);
    expect(isBinaryType(undefined, ["*/*"])).toBe(true);
    expect(isBinaryType("text/plain", ["image/*", "application/pdf"])).toBe(false);
  });
});

it("claims are text, as API Gateway passes them", () => {
  expect(
    claimsAsText({ exp: 1500701051, auth_time: 5, email_verified: true, roles: ["a", "b"], map: { x: 1 } }),
  ).toEqual({
    exp: "Sat Jul 22 05:24:11 UTC 2017",
    auth_time: "5",
    email_verified: "true",
    roles: "a,b",
    map: '{"x":1}',
  });
});

it("recipients are found in both kinds of mail requests", () => {
  expect(
    recipientsOf({
      "Destination.ToAddresses.member.1": "A@x.example",
      "Destination.BccAddresses.member.2": "b@x.example",
    }),
  ).toEqual(["a@x.example", "b@x.example"]);
  const raw = 'From: z@x.example\r\nTo: "C, D" <c@x.example>,\r\n d@x.example\r\n\r\nto: e@x.example';
  expect(recipientsOf({ "RawMessage.Data": Buffer.from(raw).toString("base64") })).toEqual([
    "c@x.example",
    "d@x.example",
  ]);
});

describe("the command line", () => {
  it("is read", () => {
    expect(readCommandLine(["--port", "3100", "--reset", "-c", "a=b=c", "-c", "d=", "--no-demo"])).toEqual({
      port: 3100,
      reset: true,
      context: { a: "b=c", d: "" },
      demo: false,
      state: null,
      app: null,
    });
  });

  it.each([[["--port", "0"]], [["--port", "x"]], [["-c", "a"]], [["-c", "=a"]], [["--what"]], [["what"]]])(
    "refuses %j",
    (args) => {
      expect(() => readCommandLine(args)).toThrow(/port|key=value|Usage/);
    },
  );
});

import { describe, expect, it } from "vitest";
import type { ProblemSlug } from "../../shared/domain/errors.ts";
import { problemTitle } from "../../shared/texts/problem-titles.ts";
import { problemStatus } from "../../shared/http/problems.ts";
import type { GatewayProblem } from "../../infra/constructs/gateway-problems.ts";
import { functions, production, referred, resource, resources, synthesised } from "./template.ts";
import { routesOf } from "./routes.ts";

const { app } = production;
const restApi = resource(app, "AWS::ApiGateway::RestApi");
const stage = resource(app, "AWS::ApiGateway::Stage").Properties;
const routes = await routesOf();

interface Operation {
  readonly security?: readonly object[];
  readonly "x-amazon-apigateway-integration": { readonly uri: unknown };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>> };
  readonly "x-amazon-apigateway-gateway-responses": Readonly<Record<string, GatewayProblem>>;
}
const document = restApi.Properties["Body"] as Document;

interface Declared {
  readonly route: string;
  readonly by: string | undefined;
  readonly authorizer: string;
}

/** The operations of the document, without the parameters that they share. */
function declared(): Declared[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([key]) => key !== "parameters")
      .map(([method, { security, ...extensions }]) => ({
        route: `${method.toUpperCase()} ${path}`,
        by: functionIn(extensions["x-amazon-apigateway-integration"].uri),
        authorizer: security ? security.flatMap(Object.keys).join() : "none",
      })),
  );
}

const functionNames = new Map(
  [...functions(production)].map(([name, { Properties }]) => [name, Properties["FunctionName"] as string]),
);

function functionIn(uri: unknown): string | undefined {
  const called = /:function:([\w-]+)\/invocations/.exec(JSON.stringify(uri))?.[1];
  return [...functionNames].find(([, name]) => name === called)?.[0];
}

const sorted = (all: Declared[]) => all.toSorted((a, b) => a.route.localeCompare(b.route));

describe("the REST API", () => {
  it("declares every route of every function with the authorizer it needs, and nothing else", () => {
    const wanted = routes
      .flatMap((one) => (one.method === "GET" ? [one, { ...one, method: "HEAD" }] : [one]))
      .map(({ by, method, path, open }) => ({
        route: `${method} ${path}`,
        by,
        authorizer: open ? "none" : "identity-token",
      }));
    expect(sorted(declared())).toEqual(sorted(wanted));
  });

  it("has one path that catches all, for browsers that look for a page, and no method that takes any", () => {
    const greedy = declared().filter(({ route }) => route.includes("+}"));
    expect(greedy).toEqual([
      { route: "GET /{proxy+}", by: "web", authorizer: "none" },
      { route: "HEAD /{proxy+}", by: "web", authorizer: "none" },
    ]);
    expect(JSON.stringify(document)).not.toContain("any-method");
  });

  it("gives bytes as bytes to every client, whatever its Accept says", () => {
    expect(document).toMatchObject({ "x-amazon-apigateway-binary-media-types": ["*/*"] });
  });

  it("checks tokens of our user pool, each time anew", () => {
    expect(document.components.securitySchemes).toMatchObject({
      "identity-token": {
        in: "header",
        name: "Authorization",
        "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", authorizerResultTtlInSeconds: 0 },
      },
    });
  });

  it("is in one region, is limited, measured as a whole, and writes no secret of a path to a log or to X-Ray", () => {
    expect(restApi.Properties).toMatchObject({ EndpointConfiguration: { Types: ["REGIONAL"] } });
    expect(stage).toMatchObject({
      TracingEnabled: false,
      MethodSettings: [
        {
          DataTraceEnabled: false,
          LoggingLevel: "OFF",
          MetricsEnabled: false,
          ThrottlingBurstLimit: expect.any(Number) as unknown,
          ThrottlingRateLimit: expect.any(Number) as unknown,
        },
      ],
    });
    const { Format } = stage["AccessLogSetting"] as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({ route: "$context.resourcePath" });
    expect(Format).not.toContain("$context.path");
  });

  it("refuses TLS older than 1.2 at the address that AWS gives it", () => {
    expect(restApi.Properties).toMatchObject({
      SecurityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
      EndpointAccessMode: "BASIC",
      DisableExecuteApiEndpoint: false,
    });
    expect(resources(app, "AWS::ApiGateway::DomainName")).toEqual([]);
  });

  it("has a firewall that keeps no samples of requests", () => {
    const { WebACLArn } = resource(app, "AWS::WAFv2::WebACLAssociation").Properties;
    const acl = resource(app, "AWS::WAFv2::WebACL");
    expect(referred(WebACLArn)).toBe(acl.logicalId);
    expect(JSON.stringify(acl.Properties)).not.toContain('"SampledRequestsEnabled":true');
  });

  it("lets API Gateway call its own functions only, for this API and stage", () => {
    const permissions = resources(app, "AWS::Lambda::Permission").filter(
      ({ Properties }) => Properties["Principal"] === "apigateway.amazonaws.com",
    );
    const allowed = permissions.map(({ Properties }) => referred(Properties["FunctionName"]));
    const served = new Set(routes.map(({ by }) => functions(production).get(by)?.logicalId));
    expect(allowed.toSorted()).toEqual([...served].toSorted());
    for (const { Properties } of permissions) {
      const source = JSON.stringify(Properties["SourceArn"]);
      expect(source).toContain(`{"Ref":"${restApi.logicalId}"},"/portero/*/*"`);
    }
  });

  it("is deployed when the functions of its routes are there", () => {
    const { DependsOn } = resource(app, "AWS::ApiGateway::Deployment");
    for (const { by } of routes) expect(DependsOn).toContain(functions(production).get(by)?.logicalId);
  });
});

describe("what API Gateway answers by itself", () => {
  const responses = document["x-amazon-apigateway-gateway-responses"];

  it.each<[string, ProblemSlug]>([
    ["UNAUTHORIZED", "not-authenticated"],
    ["EXPIRED_TOKEN", "not-authenticated"],
    ["INVALID_SIGNATURE", "not-found"],
    ["INVALID_API_KEY", "not-allowed"],
    ["INTEGRATION_TIMEOUT", "internal-error"],
    ["API_CONFIGURATION_ERROR", "internal-error"],
    ["AUTHORIZER_CONFIGURATION_ERROR", "internal-error"],
    ["AUTHORIZER_FAILURE", "internal-error"],
    ["ACCESS_DENIED", "not-allowed"],
    ["WAF_FILTERED", "not-allowed"],
    ["MISSING_AUTHENTICATION_TOKEN", "not-found"],
    ["RESOURCE_NOT_FOUND", "not-found"],
    ["REQUEST_TOO_LARGE", "payload-too-large"],
    ["UNSUPPORTED_MEDIA_TYPE", "unsupported-media-type"],
    ["THROTTLED", "too-many-attempts"],
    ["QUOTA_EXCEEDED", "too-many-attempts"],
    ["BAD_REQUEST_BODY", "invalid-request"],
    ["BAD_REQUEST_PARAMETERS", "invalid-request"],
    ["DEFAULT_4XX", "invalid-request"],
    ["DEFAULT_5XX", "internal-error"],
    ["INTEGRATION_FAILURE", "temporarily-unavailable"],
  ])("%s is the problem %s", (type, slug) => {
    const { statusCode, responseTemplates } = responses[type]!;
    expect(statusCode).toBe(String(problemStatus[slug]));
    expect(JSON.parse(responseTemplates["application/json"] ?? "")).toEqual({
      type: `urn:portero:problem:${slug}`,
      title: `${problemTitle(slug, "nl")} / ${problemTitle(slug, "en")}`,
      status: problemStatus[slug],
      detail: expect.stringMatching(/^\S.+\. \/ .+\.$/) as unknown,
      instance: "urn:uuid:$context.requestId",
    });
  });

  /** The valid values of `responseType` in API Gateway's API reference, "GatewayResponse". */
  it("is ours for every response that API Gateway has, so that no DEFAULT_4XX changes another's status", () => {
    const types = [
      ...["DEFAULT_4XX", "DEFAULT_5XX", "RESOURCE_NOT_FOUND", "UNAUTHORIZED", "INVALID_API_KEY"],
      ...["ACCESS_DENIED", "AUTHORIZER_FAILURE", "AUTHORIZER_CONFIGURATION_ERROR", "INVALID_SIGNATURE"],
      ...["EXPIRED_TOKEN", "MISSING_AUTHENTICATION_TOKEN", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"],
      ...["API_CONFIGURATION_ERROR", "UNSUPPORTED_MEDIA_TYPE", "BAD_REQUEST_PARAMETERS"],
      ...["BAD_REQUEST_BODY", "REQUEST_TOO_LARGE", "THROTTLED", "QUOTA_EXCEEDED", "WAF_FILTERED"],
    ];
    expect(Object.keys(responses).sort()).toEqual(types.sort());
  });

  it("has the form of a problem, names the API's version, and is not cached", () => {
    for (const { responseParameters } of Object.values(responses)) {
      expect(responseParameters).toMatchObject({
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
        "gatewayresponse.header.API-Version": expect.stringMatching(/^'\d+\.\d+\.\d+'$/) as unknown,
        "gatewayresponse.header.Cache-Control": "'no-store'",
        "gatewayresponse.header.Content-Language": "'nl, en'",
      });
    }
    expect(Object.keys(responses["THROTTLED"]!.responseParameters)).toContain(
      "gatewayresponse.header.Retry-After",
    );
  });
});

describe("the app stack", () => {
  it("has outputs for the addresses of API and pages and for scripts, and no others", () => {
    const jobs = /^Job[A-Z]\w+$/;
    expect(
      Object.keys(app.Outputs)
        .filter((name) => !jobs.test(name))
        .sort(),
    ).toEqual([
      "ApiUrl",
      "DkimRecord1",
      "DkimRecord2",
      "DkimRecord3",
      "SendMailDeadLetters",
      "SendMailFunction",
      "WebUrl",
    ]);
    const value = JSON.stringify(app.Outputs["ApiUrl"]?.Value);
    expect(value).toContain(`{"Ref":"${restApi.logicalId}"}`);
    expect(value).toContain('"/portero/"');
  });

  it("has the public address as output if there is one, and gives it to functions", () => {
    const { local } = synthesised;
    expect(local.app.Outputs).toMatchObject({
      ApiUrl: { Value: "http://127.0.0.1:3000/" },
      WebUrl: { Value: "http://127.0.0.1:3000/" },
    });
    const variablesOf = (name: string) =>
      JSON.stringify(functions(local).get(name)?.Properties["Environment"]);
    expect(variablesOf("send-mail")).toContain('"PUBLIC_URL":"http://127.0.0.1:3000"');
    expect(variablesOf("sessions")).toContain('"http://127.0.0.1:9229/"');
  });
});

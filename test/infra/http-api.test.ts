import { describe, expect, it } from "vitest";
import type { ProblemSlug } from "../../shared/domain/errors.ts";
import { problemTitle } from "../../shared/texts/problem-titles.ts";
import { problemStatus } from "../../shared/http/problems.ts";
import { functions, production, referred, resource, resources, synthesised, type Found } from "./template.ts";
import { routesOf } from "./routes.ts";

const { app } = production;
const restApi = resource(app, "AWS::ApiGateway::RestApi");
const stage = resource(app, "AWS::ApiGateway::Stage").Properties;
const routes = await routesOf();

function pathOf(id: string): string {
  const found = resources(app, "AWS::ApiGateway::Resource").find(({ logicalId }) => logicalId === id);
  if (!found) return "";
  return `${pathOf(referred(found.Properties["ParentId"]) ?? "")}/${found.Properties["PathPart"] as string}`;
}

interface Declared {
  readonly route: string;
  readonly by: string | undefined;
  readonly authorizer: unknown;
}

const nameOf = new Map([...functions(production)].map(([name, { logicalId }]) => [logicalId, name]));

function declared({ Properties }: Found): Declared {
  const uri = JSON.stringify((Properties["Integration"] as { Uri: unknown }).Uri);
  return {
    route: `${Properties["HttpMethod"] as string} ${pathOf(referred(Properties["ResourceId"]) ?? "") || "/"}`,
    by: [...nameOf].find(([id]) => uri.includes(`"${id}"`))?.[1],
    authorizer:
      Properties["AuthorizationType"] === "NONE"
        ? "none"
        : [Properties["AuthorizationType"], referred(Properties["AuthorizerId"])],
  };
}

const sorted = (all: Declared[]) => all.toSorted((a, b) => a.route.localeCompare(b.route));

describe("the REST API", () => {
  it("declares every route of every function with the authorizer it needs, and nothing else", () => {
    const authorizer = resource(app, "AWS::ApiGateway::Authorizer").logicalId;
    const wanted = routes.map(({ by, method, path, open }) => ({
      route: `${method} ${path}`,
      by,
      authorizer: open ? "none" : ["COGNITO_USER_POOLS", authorizer],
    }));
    expect(sorted(resources(app, "AWS::ApiGateway::Method").map(declared))).toEqual(sorted(wanted));
  });

  it("has one path that catches all, for browsers that look for a page, and no method that takes any", () => {
    const all = resources(app, "AWS::ApiGateway::Method").map(declared);
    const greedy = all.filter(({ route }) => route.includes("+}"));
    expect(greedy).toEqual([{ route: "GET /{proxy+}", by: "web", authorizer: "none" }]);
    expect(all.filter(({ route }) => route.startsWith("ANY"))).toEqual([]);
  });

  it("gives bytes as bytes to every client, whatever its Accept says", () => {
    expect(restApi.Properties["BinaryMediaTypes"]).toEqual(["*/*"]);
  });

  it("checks tokens of our user pool, each time anew", () => {
    expect(resource(app, "AWS::ApiGateway::Authorizer").Properties).toMatchObject({
      Type: "COGNITO_USER_POOLS",
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: "method.request.header.Authorization",
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

  it("lets API Gateway call a function for its own methods only", () => {
    const permissions = resources(app, "AWS::Lambda::Permission").filter(
      ({ Properties }) => Properties["Principal"] === "apigateway.amazonaws.com",
    );
    const allowed = permissions.map(({ Properties }) => {
      const [, parts] = (Properties["SourceArn"] as { "Fn::Join": [string, unknown[]] })["Fn::Join"];
      return parts.at(-1);
    });
    const wanted = routes.map(({ method, path }) => `/${method}${path.replaceAll(/\{\w+\+?\}/g, "*")}`);
    expect(allowed.sort()).toEqual(wanted.sort());
  });
});

describe("what API Gateway answers by itself", () => {
  const responses = resources(app, "AWS::ApiGateway::GatewayResponse").map(({ Properties }) => Properties);
  const ofType = (type: string) => responses.find(({ ResponseType }) => ResponseType === type);

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
    const { StatusCode, ResponseTemplates } = ofType(type) as {
      StatusCode: string;
      ResponseTemplates: Record<string, string>;
    };
    expect(StatusCode).toBe(String(problemStatus[slug]));
    expect(JSON.parse(ResponseTemplates["application/json"] ?? "")).toEqual({
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
    expect(responses.map(({ ResponseType }) => ResponseType).sort()).toEqual(types.sort());
  });

  it("has the form of a problem, names the API's version, and is not cached", () => {
    expect(responses.length).toBeGreaterThan(10);
    for (const { ResponseParameters } of responses) {
      expect(ResponseParameters).toMatchObject({
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
        "gatewayresponse.header.API-Version": expect.stringMatching(/^'\d+\.\d+\.\d+'$/) as unknown,
        "gatewayresponse.header.Cache-Control": "'no-store'",
        "gatewayresponse.header.Content-Language": "'nl, en'",
      });
    }
    expect(ofType("THROTTLED")?.["ResponseParameters"]).toHaveProperty(
      "gatewayresponse.header.Retry-After".replaceAll(".", "\\."),
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

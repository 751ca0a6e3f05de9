import { describe, expect, it } from "vitest";
import { HostError } from "../../../infra/local/host-error.ts";
import { readDocument } from "../../../infra/local/gateway/api-document.ts";
import { RestRoutes } from "../../../infra/local/gateway/rest-routes.ts";
import { apiOf, catalogueOf } from "./api-template.ts";

const lambda = {
  type: "aws_proxy",
  httpMethod: "POST",
  uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:f/invocations",
};
const operation = { "x-amazon-apigateway-integration": lambda };

function routesOf(paths: object, components: object = {}): RestRoutes {
  const catalogue = catalogueOf({ openapi: "3.0.1", info: {}, paths, components });
  return new RestRoutes(readDocument(catalogue, apiOf(catalogue)).paths);
}

describe("routes", () => {
  it("lead to the function of a proxy integration", () => {
    const routes = routesOf({ "/": { get: operation } });
    expect(routes.match("GET", "/")?.method.functionArn).toBe("arn:f");
    expect(routes.match("PUT", "/")).toBeNull();
  });

  it("lead from any other path to the greedy one, but not from a known path with another method", () => {
    const routes = routesOf({ "/{proxy+}": { get: operation }, "/v1/things": { post: operation } });
    const pathOf = (httpMethod: string, path: string) =>
      routes.match(httpMethod, path)?.method.resourcePath ?? null;
    expect(pathOf("GET", "/v1/other/deeper")).toBe("/{proxy+}");
    expect(pathOf("GET", "/v1")).toBe("/{proxy+}");
    expect(pathOf("POST", "/v1/things")).toBe("/v1/things");
    expect([pathOf("GET", "/v1/things"), pathOf("POST", "/other")]).toEqual([null, null]);
  });

  it("share the parameter of their paths", () => {
    const routes = routesOf({ "/v1/{id}": { get: operation }, "/v1/{id}/users/{name}": { put: operation } });
    expect(routes.match("GET", "/v1/7")?.pathParameters).toEqual({ id: "7" });
    expect(routes.match("PUT", "/v1/7/users/x")?.pathParameters).toEqual({ id: "7", name: "x" });
  });

  it("name an authorizer that does not exist if they need one and name none, so that nobody gets in", () => {
    const methodOf = (security: object[]) =>
      routesOf({ "/": { get: { ...operation, security } } }).match("GET", "/")?.method;
    expect(methodOf([{ token: [] }])?.authorizer).toBe("token");
    expect(methodOf([{}])?.authorizer).toBe("");
    expect(methodOf([])?.authorizer).toBeNull();
  });

  it.each<[object, string]>([
    [{ "x-amazon-apigateway-integration": { type: "mock" } }, "integration"],
    [{ "x-amazon-apigateway-integration": { ...lambda, timeoutInMillis: 1000 } }, "integration"],
    [{ ...operation, parameters: [] }, "get"],
  ])("with %j are refused, since the app does not use their like", (get, named) => {
    const refused = () => routesOf({ "/": { get } });
    expect(refused).toThrow(HostError);
    expect(refused).toThrow(named);
  });

  it("with an authorizer that is not Cognito's are refused", () => {
    const securitySchemes = { own: { type: "apiKey", in: "header", name: "Authorization" } };
    expect(() => routesOf({ "/": { get: operation } }, { securitySchemes })).toThrow(HostError);
  });
});

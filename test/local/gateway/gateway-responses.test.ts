import { describe, expect, it } from "vitest";
import { GatewayRefusal, GatewayResponses } from "../../../infra/local/gateway/gateway-responses.ts";

type Response = ConstructorParameters<typeof GatewayResponses>[0][string];

describe("gateway responses", () => {
  const response = (parts: Partial<Response>): Response => ({
    ...{ statusCode: undefined, responseParameters: {}, responseTemplates: {} },
    ...parts,
  });
  const render = (refusal: GatewayRefusal, responses: Record<string, Response> = {}) => {
    const context = { requestId: "r-1", path: "/x", identity: { sourceIp: "127.0.0.1" } };
    const { status, headers, body } = new GatewayResponses(responses).render(refusal, context);
    return { status, headers: Object.fromEntries(headers), body: body.toString() };
  };
  const unauthorized = new GatewayRefusal("UNAUTHORIZED", 'say "please"');

  it("are AWS's own where the template has none", () => {
    expect(render(unauthorized)).toMatchObject({ status: 401, body: '{"message":"say \\"please\\""}' });
    expect(render(new GatewayRefusal("DEFAULT_5XX", "Internal server error", 502)).status).toBe(502);
  });

  it("have the template's status, headers and body, with the request's context filled in", () => {
    const own = response({
      statusCode: 418,
      responseParameters: {
        "gatewayresponse.header.X-Id": "context.requestId",
        "gatewayresponse.header.X-It": "'it''s'",
      },
      responseTemplates: {
        "application/json":
          "$context.error.message|${context.identity.sourceIp}|$context.error.responseType|$context.nothing|$context.path.",
      },
    });
    const { status, headers, body } = render(unauthorized, { UNAUTHORIZED: own });
    expect(status).toBe(418);
    expect(headers).toMatchObject({ "X-Id": "r-1", "X-It": "it''s", "Content-Type": "application/json" });
    expect(body).toBe('say "please"|127.0.0.1|UNAUTHORIZED||/x.');
  });

  it("are those of DEFAULT_4XX and DEFAULT_5XX for types without their own", () => {
    const resources = {
      DEFAULT_4XX: response({ responseTemplates: { "application/json": "four" } }),
      DEFAULT_5XX: response({ statusCode: 500, responseTemplates: { "application/json": "five" } }),
    };
    expect(render(unauthorized, resources)).toMatchObject({ status: 401, body: "four" });
    expect(render(new GatewayRefusal("INTEGRATION_TIMEOUT", ""), resources)).toMatchObject({
      status: 500,
      body: "five",
    });
  });
});

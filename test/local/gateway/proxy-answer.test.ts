import { describe, expect, it } from "vitest";
import { GatewayRefusal } from "../../../infra/local/gateway/gateway-responses.ts";
import { isBinaryType, proxyAnswer } from "../../../infra/local/gateway/proxy-answer.ts";

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

  it("are bytes if their type, without its parameters, is one of the API's binary media types", () => {
    expect(isBinaryType("Text/HTML; charset=utf-8", ["application/pdf", "text/html"])).toBe(true);
    expect(isBinaryType("text/plain", ["application/pdf", "text/html"])).toBe(false);
    expect(isBinaryType(undefined, ["text/html"])).toBe(false);
  });
});

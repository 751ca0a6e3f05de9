import { describe, expect, it } from "vitest";
import { GatewayRefusal } from "../../../infra/local/gateway/gateway-responses.ts";
import { acceptsBytes, isBinaryType, proxyAnswer } from "../../../infra/local/gateway/proxy-answer.ts";

describe("answers of functions", () => {
  const answerTo = (payload: unknown) =>
    proxyAnswer({ requestId: "r", payload: JSON.stringify(payload) }, true);

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

  it("are bytes if they say so and the caller accepts bytes; text stays as it is", () => {
    const bytes = { headers: { "Content-Type": "application/pdf" }, body: "AP8=", isBase64Encoded: true };
    const answerFor = (payload: unknown, decodes: boolean) =>
      proxyAnswer({ requestId: "r", payload: JSON.stringify(payload) }, decodes).body;
    expect([...answerFor(bytes, true)]).toEqual([0, 255]);
    expect(answerFor(bytes, false).toString()).toBe("AP8=");
    expect(answerFor({ ...bytes, isBase64Encoded: false }, true).toString()).toBe("AP8=");
    expect(() => answerFor({ ...bytes, body: "no base64!" }, true)).toThrow(GatewayRefusal);
  });
});

describe("binary media types", () => {
  it.each([
    ["Text/HTML; charset=utf-8", ["application/pdf", "text/html"], true],
    ["text/plain", ["application/pdf", "text/html"], false],
    ["text/plain", ["text/*"], true],
    ["text/plain", ["*/*"], true],
    [undefined, ["text/html"], false],
    [undefined, ["application/json"], true],
    [undefined, ["*/*"], true],
  ])("%j is one of %j: %s", (type, types, expected) => {
    expect(isBinaryType(type, types)).toBe(expected);
  });

  it.each([
    ["application/pdf, application/json", true],
    ["application/json, application/pdf", false],
    ["*/*", false],
    [undefined, false],
    ["text/html", false],
  ])("decide by the first type of Accept alone: %j", (accept, expected) => {
    expect(acceptsBytes(accept, ["application/pdf"])).toBe(expected);
    expect(acceptsBytes(accept, ["*/*"])).toBe(true);
  });
});

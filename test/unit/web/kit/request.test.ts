import { describe, expect, it } from "vitest";
import { readRequest } from "../../../../shared/web/kit/request.ts";
import { gatewayEvent } from "../../../support/gateway-event.ts";

function form(body: string | Uint8Array): Record<string, string> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const event = gatewayEvent({ method: "POST", path: "/", headers, body });
  return Object.fromEntries(readRequest(event, []).form());
}

describe("a form", () => {
  it("is read with its spaces and letters", () => {
    expect(form("naam=Gr%C3%BCn+%26+co&leeg=")).toEqual({ naam: "Grün & co", leeg: "" });
  });

  it("refuses bytes that are not UTF-8 (SECURITY 28)", () => {
    expect(() => form("password=Z%FCrich-2026")).toThrow("invalid-request");
    expect(() => form(Buffer.from([0x61, 0x3d, 0xfc]))).toThrow("invalid-request");
    expect(() => form("a=%")).toThrow("invalid-request");
  });

  it("of more than 16 KB is refused", () => {
    expect(() => form(`a=${"x".repeat(17_000)}`)).toThrow("payload-too-large");
  });
});

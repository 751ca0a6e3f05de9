import { expect, it } from "vitest";
import { claimsAsText } from "../../../infra/local/gateway/authorizer.ts";

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

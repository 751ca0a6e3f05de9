import { expect, it } from "vitest";
import { answeringHead } from "../../../shared/http/head-requests.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";

it("HEAD is answered with status and headers of GET, without the body", async () => {
  const methods: string[] = [];
  const handler = answeringHead(({ httpMethod }) => {
    methods.push(httpMethod);
    return Promise.resolve({ statusCode: 404, headers: { A: "1" }, body: "c2VjcmV0", isBase64Encoded: true });
  });
  const answer = (method: string) => handler(gatewayEvent({ method, path: "/v1/health" }), lambdaContext);
  expect(await answer("HEAD")).toEqual({
    statusCode: 404,
    headers: { A: "1" },
    body: "",
    isBase64Encoded: false,
  });
  expect(await answer("POST")).toMatchObject({ statusCode: 404, body: "c2VjcmV0", isBase64Encoded: true });
  expect(methods).toEqual(["GET", "POST"]);
});

import { expect, it } from "vitest";
import { resources, synthesised } from "./template.ts";

/** CloudFormation takes 500 resources in a stack; what is above this number is room for what comes. */
const most = 400;

it.each(Object.entries(synthesised))("no stack of %s has too many resources", (stage, { data, app }) => {
  const counts = { data: resources(data).length, app: resources(app).length };
  console.log(`${stage}: ${JSON.stringify(counts)} resources`);
  expect(Math.max(...Object.values(counts))).toBeLessThanOrEqual(most);
});

it("a route takes no resource of its own", () => {
  expect(
    resources(synthesised.production.app, "AWS::ApiGateway::Method", "AWS::ApiGateway::Resource"),
  ).toEqual([]);
});

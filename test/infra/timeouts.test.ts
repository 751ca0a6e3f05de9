import { describe, expect, it } from "vitest";
import { functionNeeds } from "../../infra/functions.ts";
import type { FunctionNeeds } from "../../infra/functions.ts";
import { patience, triggerMilliseconds } from "../../shared/runtime/service-calls.ts";
import { functions, production, resource } from "./template.ts";

/** Seconds for which API Gateway waits for an integration by default, and Cognito for a trigger. */
const gateway = 29;
const trigger = 5;
/** Seconds for the slowest cold start, which Lambda does not count (docs/performance.md). */
const coldStart = 2;

/** The document that API Gateway makes the API from; it names the functions that it calls. */
const api = JSON.stringify(resource(production.app, "AWS::ApiGateway::RestApi").Properties["Body"]);

describe("the chain of timeouts (DESIGN §3)", () => {
  const all = [...functions(production)];

  it.each(all)("%s outlasts every call that it makes, all attempts together", (name, { Properties }) => {
    const needs: FunctionNeeds = functionNeeds[name as keyof typeof functionNeeds];
    const calls = [
      patience.dynamodb.call,
      ...(needs.userPool ? [patience.cognito.call] : []),
      ...(name === "send-mail" ? [patience.ses.call] : []),
    ];
    const longest = name === "identity-token" ? triggerMilliseconds : Math.max(...calls);
    if (name !== "meta") expect(longest).toBeLessThan(Number(Properties["Timeout"]) * 1000);
  });

  const served = all.filter(([name]) => api.includes(`-portero-${name}/invocations`));

  it.each(served)("%s ends before API Gateway gives up, its cold start included", (_, { Properties }) => {
    expect(Number(Properties["Timeout"]) + coldStart).toBeLessThanOrEqual(gateway);
  });

  it("API Gateway's own limit is the default", () => {
    expect(served.length).toBeGreaterThan(8);
    expect(api).not.toContain("timeoutInMillis");
  });

  it("the trigger ends before Cognito gives up, and Cognito's caller waits for it", () => {
    expect(triggerMilliseconds + 1_000).toBeLessThan(trigger * 1000);
    expect(patience.dynamodbOfTrigger.call).toBeLessThan(triggerMilliseconds);
    expect(patience.cognito.attempt).toBeGreaterThan(trigger * 1000);
  });
});

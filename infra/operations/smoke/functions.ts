import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import {
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import * as z from "zod/mini";
import { outputOf } from "../installation.ts";
import { ask, failed, faultsOr, ok, type Check, type Outcome } from "./check.ts";
import type { Place } from "./place.ts";
import { again, faultsOfAll, onAws } from "./resources.ts";

/* Checks of functions and their triggers; they describe, and never change. */

const FunctionProperties = z.looseObject({
  Runtime: z.optional(z.string()),
  MemorySize: z.optional(z.number()),
  Timeout: z.optional(z.number()),
  ReservedConcurrentExecutions: z.optional(z.number()),
});

async function functions(place: Place): Promise<Outcome[]> {
  const client = new LambdaClient(place.installation.client);
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::Lambda::Function",
    async ({ physicalId: FunctionName, properties }) => {
      const wanted = z.parse(FunctionProperties, properties);
      const seen = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { ReservedConcurrentExecutions: reserved } = await client.send(
        new GetFunctionConcurrencyCommand({ FunctionName }),
      );
      const named = ["Runtime", "MemorySize", "Timeout"] as const;
      return [
        // A function that was not called for weeks is inactive, and wakes with the next call.
        ...(["Active", "Inactive"].includes(seen.State ?? "Active")
          ? []
          : [`its state is ${seen.State ?? ""}`]),
        ...(seen.LastUpdateStatus === "Failed" ? ["its last update failed"] : []),
        ...named
          .filter((name) => wanted[name] !== undefined && seen[name] !== wanted[name])
          .map((name) => `${name} is ${seen[name] ?? "unset"}, not ${wanted[name] ?? ""}`),
        ...(reserved === wanted.ReservedConcurrentExecutions
          ? []
          : [
              `${reserved ?? "no"} containers are reserved, not ${wanted.ReservedConcurrentExecutions ?? "none"}`,
            ]),
      ];
    },
  );
  return faultsOr(`${count} active, with the size and reservation of the template`, faults, again);
}

/** The least that leaves 100 for all functions beside reservations for signing in and mail, as in `production`. */
const leastConcurrency = 160;

async function concurrency({ installation }: Place): Promise<Outcome[]> {
  const { AccountLimit } = await new LambdaClient(installation.client).send(
    new GetAccountSettingsCommand({}),
  );
  const limit = AccountLimit?.ConcurrentExecutions ?? 0;
  return limit >= leastConcurrency
    ? [ok(`the account may run ${limit} containers at once`)]
    : [
        ask(
          `The account may run ${limit} containers at once. That is enough for a trial; request 1,000 before people use it (docs/deploy.md, prerequisite 2).`,
        ),
      ];
}

/** CloudFormation fills the secret in as an attribute, and a function with another one can sign nobody in. */
async function clientSecret(place: Place): Promise<Outcome[]> {
  const { installation } = place;
  const lambda = new LambdaClient(installation.client);
  const cognito = new CognitoIdentityProviderClient(installation.client);
  const ids = {
    UserPoolId: outputOf(installation, "UserPoolId"),
    ClientId: outputOf(installation, "UserPoolClientId"),
  };
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand(ids));
  const secret = UserPoolClient?.ClientSecret;
  let holders = 0;
  const { faults } = await faultsOfAll(
    place,
    "AWS::Lambda::Function",
    async ({ physicalId: FunctionName }) => {
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const held = Environment?.Variables?.["USER_POOL_CLIENT_SECRET"];
      if (held !== undefined) holders += 1;
      return held === undefined || held === secret ? [] : ["it has another secret of the app client"];
    },
  );
  if (secret === undefined || holders === 0)
    return [failed("the app client or its functions have no secret", again)];
  return faultsOr(`the same in Cognito and in ${holders} functions`, faults, again);
}

async function stream(place: Place): Promise<Outcome[]> {
  const client = new LambdaClient(place.installation.client);
  const { count, faults } = await faultsOfAll(
    place,
    "AWS::Lambda::EventSourceMapping",
    async ({ physicalId: UUID, properties }) => {
      const { State, FilterCriteria, LastProcessingResult } = await client.send(
        new GetEventSourceMappingCommand({ UUID }),
      );
      return [
        ...(State === "Enabled" ? [] : [`its state is ${State ?? "unknown"}`]),
        ...("FilterCriteria" in properties && !FilterCriteria?.Filters?.length
          ? ["it has no filter: send-mail is called for every change"]
          : []),
        ...(LastProcessingResult?.startsWith("PROBLEM") ? [LastProcessingResult] : []),
      ];
    },
  );
  return faultsOr(`${count} enabled, with its filter`, faults, "docs/runbooks/oldest-mail.md");
}

async function schedules(place: Place): Promise<Outcome[]> {
  const client = new EventBridgeClient(place.installation.client);
  const { count, faults } = await faultsOfAll(place, "AWS::Events::Rule", async ({ physicalId: Name }) => {
    const { State } = await client.send(new DescribeRuleCommand({ Name }));
    return State === "ENABLED" ? [] : [`its state is ${State ?? "unknown"}`];
  });
  return faultsOr(`${count} rules enabled`, faults, "enable it; then docs/runbooks/replay-job.md");
}

export const functionChecks: readonly Check[] = [
  { name: "functions", run: onAws("describing functions", functions) },
  { name: "concurrency", run: onAws("the account's quotas", concurrency) },
  { name: "client-secret", run: onAws("describing functions", clientSecret) },
  { name: "stream", run: onAws("describing event sources", stream) },
  { name: "schedules", run: onAws("EventBridge", schedules) },
];

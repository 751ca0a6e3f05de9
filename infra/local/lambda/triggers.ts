import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { State } from "../state.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { LambdaPool } from "./lambda-pool.ts";

const TriggerProperties = z.looseObject({
  HandlerArn: z.string(),
  InvocationType: z.literal("RequestResponse"),
  ExecuteOnHandlerChange: z.literal(true),
});

const LambdaError = z.looseObject({ errorMessage: z.optional(z.string()) });

/**
 * Runs the functions that a deployment runs at its end (`Custom::Trigger`): the first time, and again when their
 * code or configuration changed.
 * @param origins addresses of this run; they differ from run to run and are no change of configuration
 * @throws HostError with the function's error message if one fails
 */
export async function runTriggers(
  { catalogue, pool, state }: { catalogue: Catalogue; pool: LambdaPool; state: State },
  origins: readonly string[],
): Promise<void> {
  for (const found of catalogue.ofType("Custom::Trigger")) {
    const { HandlerArn } = catalogue.parse(found, TriggerProperties);
    const handler = pool.find(HandlerArn);
    if (!handler)
      throw new HostError(`${found.key} runs ${HandlerArn}, which is no function of the templates.`);
    const hash = hashOf(resourceOf(handler, catalogue), origins);
    if (state.resources.triggers[found.key] === hash) continue;
    await run(handler);
    state.resources.triggers[found.key] = hash;
    await state.save();
  }
}

async function run(handler: LambdaFunction): Promise<void> {
  const { functionError, payload } = await handler.invoke("{}");
  if (!functionError) return;
  const { errorMessage = "no reason given" } = LambdaError.parse(JSON.parse(payload));
  const { logicalId, logFile } = handler.settings;
  throw new HostError(`${logicalId}, which every deployment runs, failed: ${errorMessage}; see ${logFile}`);
}

function resourceOf({ settings }: LambdaFunction, catalogue: Catalogue): Found | undefined {
  const functions = catalogue.ofType("AWS::Lambda::Function");
  return functions.find((found) => catalogue.nameOf(found) === settings.functionName);
}

function hashOf(found: Found | undefined, origins: readonly string[]): string {
  const properties = JSON.stringify(found?.rawProperties ?? null);
  const text = origins.reduce((all, origin) => all.replaceAll(origin, "local"), properties);
  return createHash("sha256").update(text).digest("hex");
}

import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { HostError } from "../host-error.ts";
import type { LambdaPool } from "./lambda-pool.ts";
import type { State } from "../state.ts";

const TriggerProperties = z.looseObject({
  HandlerArn: z.string(),
  InvocationType: z._default(z.string(), "RequestResponse"),
  ExecuteOnHandlerChange: z._default(z.union([z.boolean(), z.string()]), true),
});

const LambdaError = z.looseObject({ errorMessage: z.optional(z.string()) });

/**
 * Runs the functions that a deployment runs once everything is there (`Custom::Trigger`): the first time, and
 * again when their code or configuration changed.
 * @param origins addresses of this run, which change from one run to the next and are no change of configuration
 * @throws HostError with the function's own words if one fails
 */
export async function runTriggers(
  { catalogue, pool, state }: { catalogue: Catalogue; pool: LambdaPool; state: State },
  origins: readonly string[],
): Promise<void> {
  for (const found of catalogue.ofType("Custom::Trigger")) {
    const { HandlerArn, InvocationType, ExecuteOnHandlerChange } = TriggerProperties.parse(
      catalogue.properties(found),
    );
    const handler = pool.find(HandlerArn);
    if (!handler)
      throw new HostError(`${found.key} runs ${HandlerArn}, which is no function of the templates.`);
    const code = catalogue
      .ofType("AWS::Lambda::Function")
      .find((one) => catalogue.nameOf(one) === handler.settings.functionName);
    const hash = code ? hashOf(code, origins) : "";
    const before = state.resources.triggers[found.key];
    if (before === hash || (before !== undefined && String(ExecuteOnHandlerChange) === "false")) continue;
    if (InvocationType === "Event") pool.invokeLater(HandlerArn, "{}");
    else {
      const result = await handler.invoke("{}");
      if (result.functionError) {
        const { errorMessage } = LambdaError.parse(JSON.parse(result.payload));
        throw new HostError(
          `${handler.settings.logicalId}, which every deployment runs, failed: ${errorMessage ?? "no reason given"}; see ${handler.settings.logFile}`,
        );
      }
    }
    state.resources.triggers[found.key] = hash;
    await state.save();
  }
}

function hashOf({ rawProperties }: Found, origins: readonly string[]): string {
  const text = origins.reduce(
    (all, origin) => all.replaceAll(origin, "local"),
    JSON.stringify(rawProperties),
  );
  return createHash("sha256").update(text).digest("hex");
}

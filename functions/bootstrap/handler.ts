import { readEnvironment } from "../../shared/runtime/environment.ts";
import { logger } from "../../shared/runtime/logging.ts";
import { once } from "../../shared/runtime/once.ts";

const environment = readEnvironment(["TABLE_NAME", "AUDIT_TABLE_NAME", "CONTACTS", "OPERATOR_ADMIN"]);

const bootstrap = once(async () => (await import("./wiring.ts")).wire(environment));

/** Runs at every deployment; whatever it throws fails the deployment with its reason. */
export const handler = async (): Promise<{ result: string }> => {
  const result = await (await bootstrap())();
  logger.info("bootstrap", { result });
  return { result };
};

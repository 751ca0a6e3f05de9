import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";

const environment = readEnvironment(["TABLE_NAME", "AUDIT_TABLE_NAME"]);

const trigger = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = async (event: unknown): Promise<unknown> => (await trigger())(event);

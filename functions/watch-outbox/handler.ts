import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";

const environment = readEnvironment(["TABLE_NAME"]);

const look = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = async (event: unknown): Promise<{ oldestSeconds: number }> => (await look())(event);

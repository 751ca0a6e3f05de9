import { readEnvironment } from "../../shared/environment.ts";
import { once } from "../../shared/once.ts";

const environment = readEnvironment(["TABLE_NAME"]);

const look = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = async (event: unknown): Promise<{ oldestSeconds: number }> => (await look())(event);

import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";
import type { FinishImportsResult } from "../../shared/operations/imports/finish-imports.ts";

const environment = readEnvironment(["TABLE_NAME", "AUDIT_TABLE_NAME"]);

const job = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = async (event: unknown): Promise<FinishImportsResult> => (await job())(event);

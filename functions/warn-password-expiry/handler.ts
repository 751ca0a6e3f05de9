import type { Context } from "aws-lambda";
import type { JobResult } from "../../shared/domain/jobs/result.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";

const environment = readEnvironment(["TABLE_NAME", "AUDIT_TABLE_NAME", "SETTINGS"]);

const job = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = async (event: unknown, context: Context): Promise<JobResult> =>
  (await job())(event, context);

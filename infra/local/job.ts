import { parseArgs } from "node:util";
import * as z from "zod/mini";
import {
  findInstallation,
  OperationError,
  outputOf,
  run,
  settingsFor,
  type Installation,
} from "../operations/installation.ts";
import { messageOf } from "./host-error.ts";

/*
 * `npm run job`: runs a scheduled job as if it were a given time, in the app on this machine or a deployed one, with
 * the event that EventBridge would send.
 */

const usage =
  "npm run job -- <warn-password-expiry|deactivate-inactive> [--time <RFC 3339>] [--json] [--stack <stage>] [--state <directory>]";

/** The stack output with the function of each job. */
const outputs: Readonly<Record<string, string>> = {
  "warn-password-expiry": "JobPasswordExpiryWarnings",
  "deactivate-inactive": "JobDeactivateInactive",
};

/** A little longer than the 15 minutes that Lambda allows. */
const patienceMilliseconds = 16 * 60_000;

interface CommandLine {
  readonly job: string;
  readonly time: Date;
  readonly json: boolean;
  readonly stage: string | null;
  readonly state: string | undefined;
}

/** @throws OperationError naming what is wrong */
function readCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parse(args);
  const [job = "", ...others] = positionals;
  if (!(job in outputs) || others.length > 0) {
    throw new OperationError(
      `${job === "" ? "No job is" : `"${positionals.join(" ")}" is not`} named: ${usage}`,
    );
  }
  const { time = new Date().toISOString(), json, stack, state } = values;
  if (!z.safeParse(z.iso.datetime({ offset: true }), time.toUpperCase()).success) {
    throw new OperationError(`--time ${time} is not a time such as 2026-11-22T05:00:00Z.`);
  }
  return {
    job,
    time: new Date(time),
    json,
    stage: stack?.replace(/-portero-(?:app|data)$/, "") ?? null,
    state,
  };
}

function parse(args: string[]) {
  try {
    const options = {
      time: { type: "string" },
      json: { type: "boolean", default: false },
      stack: { type: "string" },
      state: { type: "string" },
    } as const;
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new OperationError(`${messageOf(error).split(". ")[0] ?? ""}. Usage: ${usage}`);
  }
}

/** An event like those of EventBridge, whose times have no fractions of seconds. */
function scheduledEvent(time: Date, region: string): object {
  return {
    version: "0",
    id: crypto.randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: `${time.toISOString().slice(0, 19)}Z`,
    region,
    resources: [],
    detail: {},
  };
}

/** @throws OperationError if the function failed or could not be reached */
async function invoke(installation: Installation, functionName: string, event: object): Promise<unknown> {
  const { InvokeCommand, LambdaClient } = await import("@aws-sdk/client-lambda");
  const client = new LambdaClient({
    ...settingsFor(installation, "lambda"),
    // A retry would run the job twice.
    maxAttempts: 1,
    requestHandler: { requestTimeout: patienceMilliseconds, throwOnRequestTimeout: true },
  });
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
  const { Payload, FunctionError } = await client.send(command).catch((error: unknown) => {
    const hint = installation.local ? " Does the app run on this machine (npm start)?" : "";
    throw new OperationError(`The job could not be started: ${messageOf(error)}.${hint}`);
  });
  const payload: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || "null");
  if (FunctionError === undefined) return payload;
  throw new OperationError(`The job failed: ${(payload as { errorMessage?: string }).errorMessage ?? ""}`);
}

function printResult(result: Record<string, unknown>): void {
  const { reasons, ...rest } = result;
  const why = Object.entries((reasons ?? {}) as Record<string, number>);
  for (const [name, value] of Object.entries(rest)) console.log(`  ${name.padEnd(8)}  ${String(value)}`);
  if (why.length === 0) return;
  console.log(`  ${"reasons".padEnd(8)}  ${why.map(([reason, count]) => `${reason}: ${count}`).join(", ")}`);
}

await run(async () => {
  const { job, time, json, stage, state } = readCommandLine(process.argv.slice(2));
  const installation = await findInstallation(stage, state);
  const functionName = outputOf(installation, outputs[job] ?? "");
  const event = scheduledEvent(time, installation.client.region);
  const result = (await invoke(installation, functionName, event)) as Record<string, unknown>;
  if (json) console.log(JSON.stringify(result));
  else printResult(result);
  return 0;
});

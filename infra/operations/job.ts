import {
  findInstallation,
  OperationError,
  outputOf,
  run,
  settingsFor,
  type Installation,
} from "./installation.ts";
import { hint, momentOf, readScriptOptions } from "./script.ts";

/*
 * `npm run job`: runs a scheduled job as if it were a given time, in the app on this machine or a deployed one, with
 * the event that EventBridge would send.
 */

/** The stack output with the function of each job. */
const outputs: Readonly<Record<string, string>> = {
  "warn-password-expiry": "JobPasswordExpiryWarnings",
  "deactivate-inactive": "JobDeactivateInactive",
  "finish-imports": "JobFinishImports",
  "watch-outbox": "JobWatchOutbox",
};

/** The jobs that have a dry run. */
const planning = ["warn-password-expiry", "deactivate-inactive"];

const script = {
  command: "npm run job",
  purpose: "Runs a scheduled job, as of now or as of a given time.",
  positionals: `<${Object.keys(outputs).join("|")}>`,
  options: {
    time: { type: "string", multiple: true, default: [] as string[] },
    "dry-run": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
  help: {
    time: "--time <RFC 3339>   the time of the run; on a deployed stage one in the future has to be given twice",
    "dry-run": "--dry-run           shows what a run would do and to whom, and changes nothing",
    json: "--json              prints the result as JSON, in the last line",
  },
} as const;

/** A little longer than the 15 minutes that Lambda allows. */
const patienceMilliseconds = 16 * 60_000;

/** Clocks differ a little, and a job that runs a minute early ends nobody's access too early by a day. */
const toleranceMilliseconds = 60_000;

interface CommandLine {
  readonly job: string;
  readonly time: Date;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly stage: string | null;
  readonly state: string | undefined;
}

/** @throws HelpWanted, OperationError naming what is wrong */
function readCommandLine(args: string[]): CommandLine {
  const { values, positionals } = readScriptOptions(script, args);
  const [job = "", ...others] = positionals;
  if (!Object.hasOwn(outputs, job) || others.length > 0) {
    const said = job === "" ? "No job is named" : `"${positionals.join(" ")}" is no job`;
    throw new OperationError(`${said}: there are ${Object.keys(outputs).join(", ")}. ${hint(script)}`);
  }
  const { json, stage = null, state, "dry-run": dryRun } = values;
  if (dryRun && !planning.includes(job))
    throw new OperationError(`${job} has no dry run; there is one of ${planning.join(" and ")}.`);
  // A dry run ends nobody's access, so that it may look ahead.
  return { job, time: readTime(values.time, dryRun ? null : stage), json, dryRun, stage, state };
}

/** A job with a wrong date can end everyone's access, for good, so that a deployed stage takes one said twice only. */
function readTime([first, ...others]: readonly string[], stage: string | null): Date {
  if (first === undefined) return new Date();
  const time = momentOf("--time", first);
  const different = others.find((one) => momentOf("--time", one).getTime() !== time.getTime());
  if (different !== undefined)
    throw new OperationError(`--time is given as ${first} and as ${different}: which one is it?`);
  const isAhead = time.getTime() > Date.now() + toleranceMilliseconds;
  if (stage !== null && isAhead && others.length === 0) {
    throw new OperationError(
      `--time ${first} lies in the future. The job would warn and end people before their time, which cannot be undone. If that is meant, give --time twice.`,
    );
  }
  return time;
}

/** An event like those of EventBridge, whose times have no fractions of seconds. */
function scheduledEvent(time: Date, region: string, dryRun: boolean): object {
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
    ...(dryRun && { dryRun }),
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
    const advice = installation.local ? " Does the app run on this machine (npm start)?" : "";
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperationError(`The job could not be started: ${reason}.${advice}`);
  });
  const payload: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || "null");
  if (FunctionError === undefined) return payload;
  throw new OperationError(`The job failed: ${(payload as { errorMessage?: string }).errorMessage ?? ""}`);
}

interface Planned {
  readonly what: string;
  readonly organisationId: string;
  readonly username: string | null;
  readonly outcome: string;
}

function printResult(result: Record<string, unknown>): void {
  const { reasons, planned = [], ...rest } = result;
  for (const { what, organisationId, username, outcome } of planned as Planned[]) {
    const whose = `${username ?? "everyone"} of organisation ${organisationId}`;
    console.log(
      `  ${outcome === "done" ? "would do" : "would not"}  ${what}  ${whose}${outcome === "done" ? "" : `: ${outcome}`}`,
    );
  }
  const why = Object.entries((reasons ?? {}) as Record<string, number>);
  for (const [name, value] of Object.entries(rest)) console.log(`  ${name.padEnd(8)}  ${String(value)}`);
  if (why.length === 0) return;
  console.log(`  ${"reasons".padEnd(8)}  ${why.map(([reason, count]) => `${reason}: ${count}`).join(", ")}`);
}

await run(async () => {
  const { job, time, json, dryRun, stage, state } = readCommandLine(process.argv.slice(2));
  const installation = await findInstallation(stage, state);
  const functionName = outputOf(installation, outputs[job] ?? "");
  const event = scheduledEvent(time, installation.client.region, dryRun);
  const result = (await invoke(installation, functionName, event)) as Record<string, unknown>;
  if (json) console.log(JSON.stringify(result));
  else printResult(result);
  return 0;
});

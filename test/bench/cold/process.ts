import type { Context } from "aws-lambda";

/*
 * One cold start in a process of its own: loads a bundle, answers one event, and writes down what both took. It
 * imports nothing, because what it loads itself would count as the function's.
 */

/** The outcome of a cold start; processor time in microseconds. */
export interface ColdStart {
  readonly init: number;
  readonly request: number;
  readonly result: unknown;
  /** URLs of the files that were loaded after init; only looked for when the process is told to. */
  readonly loadedAfterInit: readonly string[];
}

interface Bundle {
  readonly handler: (event: unknown, context: Partial<Context>) => Promise<unknown>;
}

const [bundle = "", eventFile = "", outcomeFile = "", notesFiles] = process.argv.slice(2);
const loaded: string[] = [];
if (notesFiles !== undefined) noteLoadedFiles();

const { handler } = (await import(bundle)) as Bundle;
const atInit = process.cpuUsage();
const filesAtInit = loaded.length;

const { readFileSync, writeFileSync } = process.getBuiltinModule("node:fs");
const event: unknown = JSON.parse(readFileSync(eventFile, "utf8"));
const beforeRequest = process.cpuUsage();
const result = await handler(event, lambdaContext());
const { user, system } = process.cpuUsage(beforeRequest);

const outcome: ColdStart = {
  init: atInit.user + atInit.system,
  request: user + system,
  result,
  loadedAfterInit: loaded.slice(filesAtInit),
};
writeFileSync(outcomeFile, JSON.stringify(outcome));
// Connections that are kept for the next request would keep the process.
process.exit(0);

function noteLoadedFiles(): void {
  process.getBuiltinModule("node:module").registerHooks({
    load: (url, context, next) => {
      loaded.push(url);
      return next(url, context);
    },
  });
}

function lambdaContext(): Partial<Context> {
  const functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "";
  const end = Date.now() + 900_000;
  return {
    functionName,
    awsRequestId: "00000000-0000-4000-8000-000000000000",
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${functionName}`,
    memoryLimitInMB: process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? "",
    getRemainingTimeInMillis: () => end - Date.now(),
  };
}

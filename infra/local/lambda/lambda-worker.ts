import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { InvokeStore, InvokeStoreBase } from "@aws/lambda-invoke-store";
import type { Invocation, LambdaError, WorkerMessage, WorkerSettings } from "./lambda-function.ts";

/** The execution environment of one function: loads its bundle and runs its invocations. */

type Handler = (event: unknown, context: object) => unknown;

const settings = workerData as WorkerSettings;
const post = (message: WorkerMessage) => parentPort?.postMessage(message);

async function loadHandler(): Promise<Handler> {
  const [file = "", exportName = ""] = settings.handler.split(/\.(?=[^.]+$)/);
  const address = pathToFileURL(join(settings.directory, `${file}.mjs`)).href;
  const handler = ((await import(address)) as Record<string, unknown>)[exportName];
  if (typeof handler !== "function") throw new Error(`${settings.handler} is undefined or not exported`);
  return handler as Handler;
}

function lambdaError(thrown: unknown, fallbackType = "Error"): LambdaError {
  if (!(thrown instanceof Error))
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return {
    errorType: thrown.name || fallbackType,
    errorMessage: thrown.message,
    trace: thrown.stack?.split("\n") ?? [],
  };
}

function contextOf({ id, deadline }: Invocation): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memorySize),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: "local",
    awsRequestId: id,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function answer(handler: Handler, invocation: Invocation): Promise<WorkerMessage> {
  const { id, event } = invocation;
  try {
    const result = await handler(JSON.parse(event) as unknown, contextOf(invocation));
    return { id, result: JSON.stringify(result ?? null) };
  } catch (error) {
    return { id, error: lambdaError(error) };
  }
}

/** Invocations overlap in this worker, so Powertools must keep its state per invocation, not in globals. */
const store = await InvokeStore.getInstanceAsync(true);

try {
  const handler = await loadHandler();
  parentPort?.on("message", (invocation: Invocation) => {
    const scope = { [InvokeStoreBase.PROTECTED_KEYS.REQUEST_ID]: invocation.id };
    void store.run(scope, () => answer(handler, invocation).then(post));
  });
} catch (error) {
  post({ initError: lambdaError(error, "Runtime.ImportModuleError") });
}

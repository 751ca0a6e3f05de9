import { randomUUID } from "node:crypto";
import { type WriteStream, createWriteStream } from "node:fs";
import { Worker } from "node:worker_threads";

/** Settings that a function's worker is started with. */
export interface WorkerSettings {
  /** The unpacked bundle, LAMBDA_TASK_ROOT. */
  directory: string;
  /** `<file without extension>.<export>`, as in the template. */
  handler: string;
  functionName: string;
  functionArn: string;
  memorySize: number;
}

export interface Invocation {
  /** The request id. */
  id: string;
  /** JSON, as it arrived. */
  event: string;
  /** Epoch milliseconds at which the function times out. */
  deadline: number;
}

/** An error in the form of Lambda's answer. */
export interface LambdaError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type WorkerMessage =
  | { id: string; result: string }
  | { id: string; error: LambdaError }
  /** The bundle could not be loaded: this worker answers no invocation. */
  | { initError: LambdaError };

export interface FunctionSettings extends WorkerSettings {
  logicalId: string;
  timeoutSeconds: number;
  environment: Record<string, string>;
  logFile: string;
}

/** The answer of Lambda's Invoke: a payload, which describes the error if `functionError` is set. */
export interface InvocationResult {
  requestId: string;
  payload: string;
  functionError?: "Unhandled";
}

/** Lambda's limit of a synchronous answer, in bytes; API Gateway turns the error into a 502. */
const longestAnswer = 6_291_556;

type Outcome = { result: string } | { error: LambdaError };

interface Waiting {
  worker: Worker;
  settle: (outcome: Outcome) => void;
}

/** One function: a worker thread, started at the first invocation and again after it ended. */
export class LambdaFunction {
  readonly settings: FunctionSettings;
  readonly #log: WriteStream;
  readonly #waiting = new Map<string, Waiting>();
  readonly #workers = new Set<Worker>();
  #current: Worker | null = null;
  #stopped = false;

  constructor(settings: FunctionSettings) {
    this.settings = settings;
    this.#log = createWriteStream(settings.logFile, { flags: "a" });
  }

  /** Never rejects: a failure is part of the result, as in Lambda. */
  async invoke(event: string, id: string = randomUUID()): Promise<InvocationResult> {
    const deadline = Date.now() + this.settings.timeoutSeconds * 1000;
    const outcome = withinLimit(await this.#run({ id, event, deadline }));
    if ("result" in outcome) return { requestId: id, payload: outcome.result };
    this.#logError(id, outcome.error);
    return { requestId: id, payload: JSON.stringify(outcome.error), functionError: "Unhandled" };
  }

  #run(invocation: Invocation): Promise<Outcome> {
    if (this.#stopped) return Promise.resolve({ error: exitError("the local host is stopping") });
    this.#current ??= this.#start();
    const worker = this.#current;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeOut(invocation.id), this.settings.timeoutSeconds * 1000);
      const settle = (outcome: Outcome) => {
        clearTimeout(timer);
        this.#waiting.delete(invocation.id);
        resolve(outcome);
      };
      this.#waiting.set(invocation.id, { worker, settle });
      worker.postMessage(invocation);
    });
  }

  /** The function's execution environment; null while there is none. */
  get worker(): Worker | null {
    return this.#current;
  }

  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
    this.#log.end();
  }

  #start(): Worker {
    const { directory, handler, functionName, functionArn, memorySize, environment } = this.settings;
    const workerData: WorkerSettings = { directory, handler, functionName, functionArn, memorySize };
    const worker = new Worker(new URL("./lambda-worker.ts", import.meta.url), {
      workerData,
      env: environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memorySize },
    });
    this.#workers.add(worker);
    worker.stdout.on("data", (chunk: Buffer) => this.#log.write(chunk));
    worker.stderr.on("data", (chunk: Buffer) => this.#log.write(chunk));
    worker.on("message", (message: WorkerMessage) => {
      if ("initError" in message) this.#abandon(worker, message.initError);
      else this.#waiting.get(message.id)?.settle(message);
    });
    worker.on("error", (error) =>
      this.#abandon(worker, exitError(error instanceof Error ? error.message : String(error))),
    );
    worker.on("exit", (code) => {
      this.#workers.delete(worker);
      this.#abandon(worker, exitError(`Runtime exited with error: exit status ${code}`));
    });
    return worker;
  }

  /** Answers the invocations that the worker still has, and gives it no more. */
  #abandon(worker: Worker, error: LambdaError): void {
    if (this.#current === worker) this.#current = null;
    for (const waiting of this.#waiting.values()) if (waiting.worker === worker) waiting.settle({ error });
    void worker.terminate();
  }

  /** Lambda ends the environment on a timeout; here other invocations may share it, and finish first. */
  #timeOut(id: string): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    const { worker, settle } = waiting;
    const errorMessage = `RequestId: ${id} Error: Task timed out after ${this.settings.timeoutSeconds.toFixed(2)} seconds`;
    settle({ error: { errorType: "Sandbox.Timedout", errorMessage } });
    if (this.#current === worker) this.#current = null;
    const terminateWhenIdle = () => {
      const busy = [...this.#waiting.values()].some((other) => other.worker === worker);
      if (busy) setTimeout(terminateWhenIdle, 100).unref();
      else void worker.terminate();
    };
    terminateWhenIdle();
  }

  #logError(requestId: string, error: LambdaError): void {
    const { errorType, errorMessage, trace } = error;
    const message = { errorType, errorMessage, stackTrace: trace ?? [] };
    this.#log.write(
      `${JSON.stringify({ timestamp: new Date().toISOString(), level: "ERROR", requestId, message })}\n`,
    );
  }
}

function withinLimit(outcome: Outcome): Outcome {
  if (!("result" in outcome) || Buffer.byteLength(outcome.result) <= longestAnswer) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${longestAnswer} bytes).`;
  return { error: { errorType: "Function.ResponseSizeTooLarge", errorMessage } };
}

function exitError(errorMessage: string): LambdaError {
  return { errorType: "Runtime.ExitError", errorMessage };
}

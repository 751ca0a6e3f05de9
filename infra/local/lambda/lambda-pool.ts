import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import * as z from "zod/mini";
import { functionSettings, type SettingsParts } from "./function-settings.ts";
import { type InvocationResult, LambdaFunction } from "./lambda-function.ts";
import type { Queues } from "./queues.ts";

const AsyncSettings = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z._default(z.coerce.number(), 2),
  DestinationConfig: z.optional(z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) })),
});

/** Milliseconds for which running invocations may go on after the host was told to stop. */
const stopPatience = 1500;

/** A function's execution environment, for tests that measure or end it. */
export interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  readonly worker: Worker;
}

interface FailureSettings {
  attempts: number;
  destination: string | undefined;
}
const standardFailureSettings: FailureSettings = { attempts: 3, destination: undefined };

/** All functions of the templates. */
export class LambdaPool {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #failureSettings = new Map<string, FailureSettings>();
  readonly #queues: Queues;
  readonly #stopped = new AbortController();

  constructor(parts: SettingsParts & { queues: Queues }) {
    const { catalogue, queues } = parts;
    this.#queues = queues;
    for (const found of catalogue.ofType("AWS::Lambda::Function")) {
      const made = new LambdaFunction(functionSettings(found, parts));
      this.#functions.set(made.settings.functionName, made);
    }
    for (const found of catalogue.ofType("AWS::Lambda::EventInvokeConfig")) {
      const settings = catalogue.parse(found, AsyncSettings);
      this.#failureSettings.set(functionNameIn(settings.FunctionName), {
        attempts: 1 + settings.MaximumRetryAttempts,
        destination: settings.DestinationConfig?.OnFailure.Destination,
      });
    }
  }

  /** Finds a function by its name or ARN, with or without a version at the end. */
  find(nameOrArn: string): LambdaFunction | undefined {
    return this.#functions.get(functionNameIn(nameOrArn));
  }

  /** The execution environments that exist now. */
  environments(): Environment[] {
    return [...this.#functions.values()].flatMap(({ settings, worker }) =>
      worker ? [{ variables: settings.environment, worker }] : [],
    );
  }

  /** Invokes a function and waits for its result. @throws Error if there is no such function */
  invoke(nameOrArn: string, event: string): Promise<InvocationResult> {
    return this.#need(nameOrArn).invoke(event);
  }

  /**
   * Returns at once. A failing function is tried again, after one second and then two (Lambda: minutes), before the
   * event goes to the function's destination for failures. Events that still wait when the host stops are lost.
   */
  invokeLater(nameOrArn: string, event: string): string {
    const requestId = randomUUID();
    void this.#invokeWithRetries(this.#need(nameOrArn), event, requestId).catch(() => undefined);
    return requestId;
  }

  /** Gives running invocations a moment to finish, then ends all functions. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const all = [...this.#functions.values()];
    const until = Date.now() + stopPatience;
    while (all.some(({ isBusy }) => isBusy) && Date.now() < until) await delay(20);
    await Promise.all(all.map((one) => one.stop()));
  }

  async #invokeWithRetries(one: LambdaFunction, event: string, requestId: string): Promise<void> {
    const settings = this.#failureSettings.get(one.settings.functionName) ?? standardFailureSettings;
    const { attempts, destination } = settings;
    let result = await one.invoke(event, requestId);
    for (let attempt = 1; attempt < attempts && result.functionError; attempt += 1) {
      await delay(attempt * 1000, undefined, { signal: this.#stopped.signal });
      result = await one.invoke(event, requestId);
    }
    if (!result.functionError || destination === undefined) return;
    await this.#queues.send(destination, failureMessage(one, { event, attempts, result }));
  }

  #need(nameOrArn: string): LambdaFunction {
    const one = this.find(nameOrArn);
    if (!one) throw new Error(`there is no function ${nameOrArn}`);
    return one;
  }
}

/** The message that Lambda sends to a destination for failures. */
function failureMessage(
  { settings }: LambdaFunction,
  { event, attempts, result }: { event: string; attempts: number; result: InvocationResult },
): object {
  return {
    version: "1.0",
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: result.requestId,
      functionArn: `${settings.functionArn}:$LATEST`,
      condition: "RetriesExhausted",
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(event) as unknown,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: result.functionError },
    responsePayload: JSON.parse(result.payload) as unknown,
  };
}

/** The name in a function's name or ARN, with or without a version at the end. */
export function functionNameIn(nameOrArn: string): string {
  const afterFunction = /(?:^|:)function:([^:]+)/.exec(nameOrArn)?.[1];
  return afterFunction ?? nameOrArn.replace(/:[^:]*$/, "");
}

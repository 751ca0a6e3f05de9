import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import * as z from "zod/mini";
import { functionSettings, type SettingsParts } from "./function-settings.ts";
import { type InvocationResult, LambdaFunction } from "./lambda-function.ts";
import type { Queues } from "./queues.ts";

const DeadLetter = z.looseObject({
  DeadLetterConfig: z.optional(z.looseObject({ TargetArn: z.optional(z.string()) })),
});
const AsyncSettings = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z._default(z.coerce.number(), 2),
  DestinationConfig: z.optional(
    z.looseObject({ OnFailure: z.optional(z.looseObject({ Destination: z.string() })) }),
  ),
});

const patience = 1500;

/** A function's execution environment, for whoever measures it or ends it. */
export interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  readonly worker: Worker;
}

interface AfterFailure {
  attempts: number;
  destination: string | undefined;
}

/** All functions of the templates. */
export class LambdaPool {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #afterFailure = new Map<string, AfterFailure>();
  readonly #queues: Queues;
  readonly #stopped = new AbortController();

  constructor(parts: SettingsParts & { queues: Queues }) {
    const { catalogue, queues } = parts;
    this.#queues = queues;
    for (const found of catalogue.ofType("AWS::Lambda::Function")) {
      const made = new LambdaFunction(functionSettings(found, parts));
      const { DeadLetterConfig } = DeadLetter.parse(catalogue.properties(found));
      this.#functions.set(made.settings.functionName, made);
      this.#afterFailure.set(made.settings.functionName, {
        attempts: 3,
        destination: DeadLetterConfig?.TargetArn,
      });
    }
    for (const found of catalogue.ofType("AWS::Lambda::EventInvokeConfig")) {
      const { FunctionName, MaximumRetryAttempts, DestinationConfig } = AsyncSettings.parse(
        catalogue.properties(found),
      );
      const name = nameIn(FunctionName);
      const destination =
        DestinationConfig?.OnFailure?.Destination ?? this.#afterFailure.get(name)?.destination;
      this.#afterFailure.set(name, { attempts: 1 + MaximumRetryAttempts, destination });
    }
  }

  /** The function of that name or ARN, with or without a version or alias at the end. */
  find(nameOrArn: string): LambdaFunction | undefined {
    return this.#functions.get(nameIn(nameOrArn));
  }

  /** The execution environments that are there at this moment. */
  environments(): Environment[] {
    return [...this.#functions.values()].flatMap(({ settings, worker }) =>
      worker ? [{ variables: settings.environment, worker }] : [],
    );
  }

  /** Waits for the answer. @throws Error if there is no such function */
  invoke(nameOrArn: string, event: string): Promise<InvocationResult> {
    return this.#need(nameOrArn).invoke(event);
  }

  /**
   * Returns at once; a failing function is tried again (Lambda waits a minute and then two, this host a second
   * and then two) before the event goes to the function's destination for failures. What still waits when the
   * host stops is lost.
   */
  invokeLater(nameOrArn: string, event: string): string {
    const requestId = randomUUID();
    void this.#invokeAgain(this.#need(nameOrArn), event, requestId).catch(() => undefined);
    return requestId;
  }

  /** Lets those at work finish for a moment. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const all = [...this.#functions.values()];
    const until = Date.now() + patience;
    while (all.some(({ isBusy }) => isBusy) && Date.now() < until) await delay(20);
    await Promise.all(all.map((one) => one.stop()));
  }

  async #invokeAgain(one: LambdaFunction, event: string, requestId: string): Promise<void> {
    const { attempts, destination } = this.#afterFailure.get(one.settings.functionName) ?? {
      attempts: 3,
      destination: undefined,
    };
    let result = await one.invoke(event, requestId);
    for (let attempt = 1; attempt < attempts && result.functionError; attempt += 1) {
      await delay(attempt * 1000, undefined, { signal: this.#stopped.signal });
      result = await one.invoke(event, requestId);
    }
    if (!result.functionError || destination === undefined) return;
    await this.#queues.send(destination, {
      version: "1.0",
      timestamp: new Date().toISOString(),
      requestContext: {
        requestId,
        functionArn: `${one.settings.functionArn}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: attempts,
      },
      requestPayload: JSON.parse(event) as unknown,
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: result.functionError },
      responsePayload: JSON.parse(result.payload) as unknown,
    });
  }

  #need(nameOrArn: string): LambdaFunction {
    const one = this.find(nameOrArn);
    if (!one) throw new Error(`there is no function ${nameOrArn}`);
    return one;
  }
}

function nameIn(nameOrArn: string): string {
  const afterFunction = /(?:^|:)function:([^:]+)/.exec(nameOrArn)?.[1];
  return afterFunction ?? nameOrArn.replace(/:[^:]*$/, "");
}

import { AsyncLocalStorage } from "node:async_hooks";

/** How long a function waits for a service, in milliseconds. */
export interface Patience {
  readonly attempts: number;
  /** From sending a request to its answer's headers, and between any two parts of the answer. */
  readonly attempt: number;
  /** All attempts together, with the pauses between them. */
  readonly call: number;
}

/**
 * The chain of timeouts (DESIGN §3): a call ends before its function does, and a function before API Gateway gives up
 * after 29 seconds. A function that makes many calls is held to its limit by `withDeadline`.
 */
export const patience = {
  dynamodb: { attempts: 3, attempt: 3_000, call: 8_000 },
  /** For the token trigger, which has `triggerMilliseconds` in all. */
  dynamodbOfTrigger: { attempts: 3, attempt: 1_000, call: 3_000 },
  /** Long enough for the token trigger, to which Cognito gives 5 seconds. */
  cognito: { attempts: 2, attempt: 6_500, call: 9_000 },
  ses: { attempts: 2, attempt: 5_000, call: 8_000 },
} as const satisfies Record<string, Patience>;

/** The settings of an SDK client; `endInTime` adds what they cannot express. */
export function clientSettings({ attempts, attempt }: Patience) {
  return {
    retryMode: "standard",
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: attempt,
      // Without this, the SDK only logs that a request takes long.
      throwOnRequestTimeout: true,
      // The request's timeout ends with the headers of the answer.
      socketTimeout: attempt,
    },
  };
}

/**
 * Cognito gives a trigger 5 seconds, cold start included, and then calls it again, up to three times ("Customizing user
 * pool workflows with Lambda triggers" in its guide). Lambda does not count the cold start, so the trigger ends earlier.
 */
export const triggerMilliseconds = 3_500;

/** Leaves a function the time to say that a service did not answer. */
const reserve = 1_500;

const deadline = new AsyncLocalStorage<number>();

/**
 * Makes the calls of an invocation fail in time for an answer, whatever their number.
 * @param mostMilliseconds less than the function's own limit, if its caller waits less long
 */
export function withDeadline<E, C extends { getRemainingTimeInMillis(): number }, R>(
  handler: (event: E, context: C) => Promise<R>,
  mostMilliseconds = Infinity,
): (event: E, context: C) => Promise<R> {
  return (event, context) => {
    const milliseconds = Math.min(mostMilliseconds, context.getRemainingTimeInMillis() - reserve);
    return deadline.run(Date.now() + milliseconds, () => handler(event, context));
  };
}

/** A call that took too long. The SDK's own timeouts have the same name, and count as passing. */
class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/**
 * Ends a call when its time is up. The request itself ends with its own timeouts, and may still be carried out, as
 * when an answer is lost.
 * @throws Error with the name TimeoutError
 */
async function endInTime<T>(call: () => Promise<T>, { call: most }: Patience): Promise<T> {
  const left = Math.min(most, (deadline.getStore() ?? Infinity) - Date.now());
  if (left <= 0) throw new TimeoutError("The function has no time left");
  const { promise: timeUp, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimeoutError("The service did not answer in time")), left);
  return await Promise.race([call(), timeUp]).finally(() => clearTimeout(timer));
}

/** The call to a service that an error comes from. */
export interface FailedCall {
  /** Such as `DynamoDB`. */
  readonly awsService: string;
  /** Such as `GetItem`. */
  readonly awsOperation: string;
  /** All attempts together. */
  readonly milliseconds: number;
}

/** An error of the SDK or a connection does not say which call it comes from. */
const failedCalls = new WeakMap<Error, FailedCall>();

/** @returns null for an error that comes from no call to a service */
export const failedCallOf = (error: Error): FailedCall | null => failedCalls.get(error) ?? null;

/** The part of an SDK client that `limitCalls` uses. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: <I extends object, O extends object>(
        next: (args: I) => Promise<O>,
        context: { clientName?: string; commandName?: string },
      ) => (args: I) => Promise<O>,
      options: { step: "initialize"; name: string },
    ): void;
  };
}

/** Makes each call of a client end in time, and notes of each that fails which it was, for the log. */
export function limitCalls(client: Client, patient: Patience): void {
  client.middlewareStack.add(
    (next, { clientName = "", commandName = "" }) =>
      async (args) => {
        const start = Date.now();
        try {
          return await endInTime(() => next(args), patient);
        } catch (error) {
          if (error instanceof Error) {
            failedCalls.set(error, {
              awsService: clientName.replace(/Client$/, ""),
              awsOperation: commandName.replace(/Command$/, ""),
              milliseconds: Date.now() - start,
            });
          }
          throw error;
        }
      },
    { step: "initialize", name: "limitCalls" },
  );
}

import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DomainError } from "../domain/errors.ts";
import { isThrottlingError, isTransientError } from "@smithy/core/retry";

/** Where the adapters find their tables; one per container, put together in handler.ts. */
export interface Tables {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly auditTableName: string;
}

/** A request that hangs is given up and tried again well within the time that a function has. */
const limits: DynamoDBClientConfig = {
  retryMode: "standard",
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/**
 * Makes the client of a container; call it once, in handler.ts. Region, credentials and
 * `AWS_ENDPOINT_URL[_DYNAMODB]` are the environment's, which the SDK reads.
 */
export function createDocumentClient(configuration: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...limits, ...configuration });
  // Nobody listens to its log, for which it copies everything that is asked and answered.
  client.middlewareStack.remove("loggerMiddleware");
  client.middlewareStack.add((next) => async (args) => next(args).catch(throwAsDomainError), {
    step: "initialize",
    name: "whatPassesIsTemporary",
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * What is still so after the SDK's retries: DynamoDB refuses for its load, fails, or cannot be reached. Whether it did
 * what it was asked nobody knows, where an answer was lost.
 */
function throwAsDomainError(error: unknown): never {
  const failure = error as Parameters<typeof isTransientError>[0];
  if (isThrottlingError(failure) || isTransientError(failure)) {
    throw Object.assign(new DomainError("temporarily-unavailable"), { cause: error });
  }
  throw error;
}

/** The tables that a function's environment names. */
export function tablesFrom(environment: { TABLE_NAME: string; AUDIT_TABLE_NAME: string }): Tables {
  return {
    client: createDocumentClient(),
    tableName: environment.TABLE_NAME,
    auditTableName: environment.AUDIT_TABLE_NAME,
  };
}

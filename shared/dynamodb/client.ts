import { DynamoDBClient, GetItemCommand, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DomainError } from "../domain/errors.ts";
import { openConnection } from "../runtime/open-connection.ts";
import { clientSettings, limitCalls, patience, type Patience } from "../runtime/service-calls.ts";
import { isThrottlingError, isTransientError } from "@smithy/core/retry";

/** The client and table names that all adapters use; created once per container, in handler.ts. */
export interface Tables {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly auditTableName: string;
}

/**
 * Creates the client of a container; call it once, in handler.ts. The SDK reads region, credentials and
 * `AWS_ENDPOINT_URL[_DYNAMODB]` from the environment.
 */
export function createDocumentClient(
  configuration: DynamoDBClientConfig = {},
  patient: Patience = patience.dynamodb,
): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...clientSettings(patient), ...configuration });
  // No logger is configured, and this middleware copies every request and response for it.
  client.middlewareStack.remove("loggerMiddleware");
  client.middlewareStack.add((next) => async (args) => next(args).catch(mapTransientErrors), {
    step: "initialize",
    name: "mapTransientErrors",
  });
  limitCalls(client, patient);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * Maps errors that remain after the SDK's retries: throttling, server errors and lost connections. If the response
 * was lost, the write may have succeeded.
 */
function mapTransientErrors(error: unknown): never {
  const failure = error as Parameters<typeof isTransientError>[0];
  if (isThrottlingError(failure) || isTransientError(failure)) {
    throw new DomainError("temporarily-unavailable", { cause: error });
  }
  throw error;
}

/** The tables that a function's environment variables name. */
export function tablesFrom(
  environment: { TABLE_NAME: string; AUDIT_TABLE_NAME: string },
  patient: Patience = patience.dynamodb,
): Tables {
  const client = createDocumentClient({}, patient);
  openConnection(client, GetItemCommand);
  return {
    client,
    tableName: environment.TABLE_NAME,
    auditTableName: environment.AUDIT_TABLE_NAME,
  };
}

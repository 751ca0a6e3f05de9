import type { TestProject } from "vitest/node";
import { startDynamoDb } from "../support/dynamodb.ts";

/** One DynamoDB for all integration tests; each makes tables of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { endpoint, stop } = await startDynamoDb();
  project.provide("dynamodbEndpoint", endpoint);
  return stop;
}

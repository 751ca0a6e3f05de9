import { tokenTrigger } from "../../shared/cognito/token-trigger.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { admitSignIn } from "../../shared/operations/sessions/admit-sign-in.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { patience, triggerMilliseconds, withDeadline } from "../../shared/runtime/service-calls.ts";
import { system } from "../../shared/runtime/system.ts";

const environment = readEnvironment(functionVariables["identity-token"]);
const tables = tablesFrom(environment, patience.dynamodbOfTrigger);
const users = new DynamoUserRepository(tables);
const sessions = new DynamoSessionRepository(tables);

export const handler = withDeadline(
  tokenTrigger(admitSignIn({ users, sessions, ...system }), measure),
  triggerMilliseconds,
);

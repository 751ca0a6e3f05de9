import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { system } from "../../shared/runtime/system.ts";
import { admitSignIn } from "../../shared/operations/sessions/admit-sign-in.ts";
import { tokenTrigger } from "../../shared/cognito/token-trigger.ts";

export function wire(environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME">) {
  const tables = tablesFrom(environment);
  const users = new DynamoUserRepository(tables);
  const sessions = new DynamoSessionRepository(tables);
  return tokenTrigger(admitSignIn({ users, sessions, ...system }));
}

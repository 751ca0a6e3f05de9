import type { Tables } from "../dynamodb/client.ts";
import { DynamoSessionRepository } from "../dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../dynamodb/user-repository.ts";
import { callDependencies, refusedActRecorder } from "../http/wiring.ts";
import { findWebSession } from "../operations/sessions/web-session.ts";
import type { Environment } from "../runtime/environment.ts";
import { system } from "../runtime/system.ts";
import { answerSignedOut } from "./account/signed-out.ts";
import type { WebDependencies } from "./kit/web-app.ts";

/** The dependencies that all three functions with pages share. */
export function webDependencies(
  environment: Environment<"SETTINGS" | "CONTACTS" | "VERSION" | "COMMIT" | "PUBLIC_URL">,
  tables: Tables,
): WebDependencies {
  const settings = environment.SETTINGS;
  return {
    settings,
    contacts: environment.CONTACTS,
    version: environment.VERSION,
    commit: environment.COMMIT,
    publicUrl: environment.PUBLIC_URL,
    findWebSession: findWebSession({
      users: new DynamoUserRepository(tables),
      sessions: new DynamoSessionRepository(tables),
      settings,
      clock: system.clock,
    }),
    answerSignedOut,
    recordDataAccess: callDependencies(tables).recordDataAccess,
    recordRefusedAct: refusedActRecorder(tables),
  };
}

import { createRequire } from "node:module";
import type { RequestListener } from "node:http";
import { mkdir } from "node:fs/promises";
import { AtomicFile, replaceFile } from "../atomic-file.ts";
import type { Emulator } from "./emulator-child.ts";

interface StormEngine {
  path: string;
  serialize: (data: unknown) => string;
  write: (data: unknown) => Promise<void>;
}
interface StoredUser {
  Username: string;
  Enabled?: boolean;
  RefreshTokens?: string[];
}
interface PoolService {
  getUserByUsername(context: unknown, username: string): Promise<StoredUser | null>;
  getUserByRefreshToken(context: unknown, token: string): Promise<StoredUser | null>;
  saveUser(context: unknown, user: StoredUser): Promise<void>;
  storeRefreshToken(context: unknown, token: string, user: StoredUser): Promise<void>;
}
interface TriggerResponse {
  claimsAndScopeOverrideDetails?: {
    idTokenGeneration?: { claimsToAddOrOverride?: object; claimsToSuppress?: string[] };
  } | null;
}
interface TriggerService {
  createLambdaEvent(event: { triggerSource: string }): { version: string; request: object; response: object };
  invoke(context: unknown, trigger: string, event: unknown): Promise<unknown>;
}
interface AuthRequest {
  ClientId: string;
  AuthParameters?: { USERNAME?: string; REFRESH_TOKEN?: string };
}
type InitiateAuth = (services: {
  cognito: { getUserPoolForClientId(context: unknown, clientId: string): Promise<PoolService> };
}) => (context: unknown, request: AuthRequest) => Promise<unknown>;
type Class<T> = { prototype: T };

/** cognito-local reads its settings and keeps its data in this folder of the working directory. */
const folder = ".cognito";
const fromCognito = createRequire(createRequire(import.meta.url).resolve("cognito-local"));
const { localFileEngine } = fromCognito("stormdb") as { localFileEngine: Class<StormEngine> };
const { UserPoolServiceImpl } = fromCognito("./services/userPoolService.js") as {
  UserPoolServiceImpl: Class<PoolService>;
};
const { LambdaService } = fromCognito("./services/lambda.js") as { LambdaService: Class<TriggerService> };
const { NotAuthorizedError } = fromCognito("./errors.js") as {
  NotAuthorizedError: new (text: string) => Error;
};

/** cognito-local signs in and refreshes users who were disabled; Cognito refuses them before it looks at the password. */
function refuseDisabledUsers(): void {
  const path = fromCognito.resolve("./targets/adminInitiateAuth.js");
  const { AdminInitiateAuth } = fromCognito(path) as { AdminInitiateAuth: InitiateAuth };
  const refusing: InitiateAuth = (services) => {
    const serve = AdminInitiateAuth(services);
    return async (context, request) => {
      const pool = await services.cognito.getUserPoolForClientId(context, request.ClientId);
      const { USERNAME: username, REFRESH_TOKEN: token } = request.AuthParameters ?? {};
      const user =
        token === undefined
          ? await pool.getUserByUsername(context, username ?? "")
          : await pool.getUserByRefreshToken(context, token);
      if (user?.Enabled === false) throw new NotAuthorizedError("User is disabled.");
      return serve(context, request);
    };
  };
  const loaded = fromCognito.cache[path];
  if (loaded) loaded.exports = { AdminInitiateAuth: refusing };
}
// The server takes its targets as it is loaded.
refuseDisabledUsers();
const { createDefaultServer } = fromCognito("./server/defaults.js") as {
  createDefaultServer: (logger: unknown) => Promise<{ application: RequestListener }>;
};
const pino = fromCognito("pino") as (settings: object) => unknown;

const files = new Map<string, AtomicFile>();
const writes = new Set<Promise<void>>();

/** StormDB rewrites its JSON in place, with several writes at once: a killed process would leave half a file. */
localFileEngine.prototype.write = function write(data) {
  const file = files.get(this.path) ?? new AtomicFile(this.path);
  files.set(this.path, file);
  const written = file.write(() => this.serialize(data));
  writes.add(written);
  const forget = () => writes.delete(written);
  written.then(forget, forget);
  return written;
};

/** cognito-local saves the user as it was before the trigger ran, which would undo a password set meanwhile. */
UserPoolServiceImpl.prototype.storeRefreshToken = async function storeRefreshToken(context, token, user) {
  const current = await this.getUserByUsername(context, user.Username);
  if (!current) return;
  await this.saveUser(context, { ...current, RefreshTokens: [...(current.RefreshTokens ?? []), token] });
};

const { prototype: lambdaService } = LambdaService;
const createVersion1Event = lambdaService.createLambdaEvent.bind(lambdaService);
const invokeVersion1 = Reflect.get(lambdaService, "invoke") as (...args: unknown[]) => Promise<unknown>;

/** cognito-local knows only version 1 of the pre token generation event; this app's trigger takes version 2. */
lambdaService.createLambdaEvent = function createLambdaEvent(event) {
  const made = createVersion1Event(event);
  if (!event.triggerSource.startsWith("TokenGeneration_")) return made;
  return {
    ...made,
    version: "2",
    request: { ...made.request, scopes: ["aws.cognito.signin.user.admin"] },
    response: { claimsAndScopeOverrideDetails: null },
  };
};

/** Turns the trigger's version 2 response into the version 1 response that cognito-local expects. */
lambdaService.invoke = async function invoke(...args) {
  const response = await invokeVersion1.apply(this, args);
  const [, trigger] = args;
  if (trigger !== "PreTokenGeneration") return response;
  const details = (response as TriggerResponse | undefined)?.claimsAndScopeOverrideDetails;
  return { claimsOverrideDetails: details?.idTokenGeneration };
};

export const emulator: Emulator = {
  start: async (configuration) => {
    await mkdir(folder, { recursive: true });
    await replaceFile(`${folder}/config.json`, JSON.stringify(configuration, null, 2));
    const { application } = await createDefaultServer(pino({ level: "warn" }));
    return application;
  },
  settle: async () => {
    await Promise.allSettled(writes);
  },
};

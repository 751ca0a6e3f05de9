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
  RefreshTokens?: string[];
}
interface PoolService {
  getUserByUsername(context: unknown, username: string): Promise<StoredUser | null>;
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
type Class<T> = { prototype: T };

/** cognito-local reads its settings, and keeps its data, below the working directory. */
const folder = ".cognito";
const fromCognito = createRequire(createRequire(import.meta.url).resolve("cognito-local"));
const { localFileEngine } = fromCognito("stormdb") as { localFileEngine: Class<StormEngine> };
const { UserPoolServiceImpl } = fromCognito("./services/userPoolService.js") as {
  UserPoolServiceImpl: Class<PoolService>;
};
const { LambdaService } = fromCognito("./services/lambda.js") as { LambdaService: Class<TriggerService> };
const { createDefaultServer } = fromCognito("./server/defaults.js") as {
  createDefaultServer: (logger: unknown) => Promise<{ application: RequestListener }>;
};
const pino = fromCognito("pino") as (settings: object) => unknown;

const files = new Map<string, AtomicFile>();
const writes = new Set<Promise<void>>();

/** StormDB rewrites its JSON in place, several writes at once: a killed process would leave a cut-off file. */
localFileEngine.prototype.write = function write(data) {
  const file = files.get(this.path) ?? new AtomicFile(this.path);
  files.set(this.path, file);
  const written = file.write(() => this.serialize(data));
  writes.add(written);
  const forget = () => writes.delete(written);
  written.then(forget, forget);
  return written;
};

/** cognito-local saves the user as read before the trigger ran, and so undoes a password set meanwhile. */
UserPoolServiceImpl.prototype.storeRefreshToken = async function storeRefreshToken(context, token, user) {
  const current = await this.getUserByUsername(context, user.Username);
  if (!current) return;
  await this.saveUser(context, { ...current, RefreshTokens: [...(current.RefreshTokens ?? []), token] });
};

/**
 * cognito-local knows version 1 of the pre token generation event alone; this makes it speak version 2, so that
 * the trigger runs as it will in the cloud.
 */
function speakVersion2(): void {
  const { prototype } = LambdaService;
  const createLambdaEvent = prototype.createLambdaEvent.bind(prototype);
  const original = Reflect.get(prototype, "invoke") as (...args: unknown[]) => Promise<unknown>;
  prototype.createLambdaEvent = function createLambdaEventV2(event) {
    const made = createLambdaEvent(event);
    if (!event.triggerSource.startsWith("TokenGeneration_")) return made;
    const scopes = ["aws.cognito.signin.user.admin"];
    return {
      ...made,
      version: "2",
      request: { ...made.request, scopes },
      response: { claimsAndScopeOverrideDetails: null },
    };
  };
  prototype.invoke = async function invokeV2(...args) {
    const response = await original.apply(this, args);
    const [, trigger] = args;
    if (trigger !== "PreTokenGeneration") return response;
    const changes = (response as TriggerResponse | undefined)?.claimsAndScopeOverrideDetails
      ?.idTokenGeneration;
    return { claimsOverrideDetails: changes };
  };
}

export interface CognitoSettings {
  /** cognito-local's own. */
  configuration: Record<string, unknown>;
  /** `V1_0`, `V2_0` …, as in the template. */
  tokenEventVersion: string;
}

export const emulator: Emulator = {
  start: async (settings) => {
    const { configuration, tokenEventVersion } = settings as CognitoSettings;
    if (tokenEventVersion !== "V1_0") speakVersion2();
    await mkdir(folder, { recursive: true });
    await replaceFile(`${folder}/config.json`, JSON.stringify(configuration, null, 2));
    const { application } = await createDefaultServer(pino({ level: "warn" }));
    return application;
  },
  settle: async () => {
    await Promise.allSettled(writes);
  },
};

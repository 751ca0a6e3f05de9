import { mkdirSync } from "node:fs";
import type { CognitoSettings } from "./cognito-emulator.ts";
import { type DynamoDb, startDynamoDb } from "./dynamodb-process.ts";
import { EmulatorProcess } from "./emulator-process.ts";
import type { HostError } from "../host-error.ts";
import type { State } from "../state.ts";

/** The stand-ins for AWS's own services. */
export interface Emulators {
  dynamodb: DynamoDb;
  cognito: EmulatorProcess;
  ses: EmulatorProcess;
  stop: () => Promise<void>;
}

/**
 * Starts all of them at once; Cognito and SES have their ports then, and answer when they are told their settings.
 * @param onCrash called when one ends by itself
 * @throws HostError if one cannot be had; those that were started are stopped again
 */
export async function launchEmulators(state: State, onCrash: (error: HostError) => void): Promise<Emulators> {
  const { ports } = state.resources;
  const workingDirectory = state.path("cognito");
  mkdirSync(workingDirectory, { recursive: true });
  const common = { workingDirectory, onCrash };
  const started = await Promise.allSettled([
    startDynamoDb({
      preferredPort: ports["dynamodb"] ?? 0,
      directory: state.path("dynamodb"),
      logFile: state.path("logs", "dynamodb.log"),
      onCrash,
    }),
    EmulatorProcess.launch({
      ...common,
      title: "Cognito",
      module: "cognito-child.ts",
      preferredPort: ports["cognito"] ?? 0,
      logFile: state.path("logs", "cognito.log"),
    }),
    EmulatorProcess.launch({
      ...common,
      title: "SES",
      module: "ses-child.ts",
      preferredPort: ports["ses"] ?? 0,
      logFile: state.path("logs", "ses.log"),
    }),
  ]);
  const stop = async () => {
    await Promise.all(started.flatMap((one) => (one.status === "fulfilled" ? [one.value.stop()] : [])));
  };
  const [dynamodb, cognito, ses] = started;
  if (dynamodb.status === "fulfilled" && cognito.status === "fulfilled" && ses.status === "fulfilled") {
    return { dynamodb: dynamodb.value, cognito: cognito.value, ses: ses.value, stop };
  }
  await stop();
  throw started.find((one) => one.status === "rejected")?.reason;
}

export interface CognitoStart {
  region: string;
  invokeUrl: string;
  /** The function behind the pre token generation trigger, and the version of its event. */
  tokenTrigger: { functionName: string; version: string } | null;
}

/** cognito-local's settings for these templates; `iss` gets the form that it has at AWS. */
export function cognitoSettings({ region, invokeUrl, tokenTrigger }: CognitoStart): CognitoSettings {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return {
    tokenEventVersion: tokenTrigger?.version ?? "V1_0",
    configuration: {
      LambdaClient: { endpoint: invokeUrl, region, credentials, maxRetries: 0 },
      TriggerFunctions: tokenTrigger ? { PreTokenGeneration: tokenTrigger.functionName } : {},
      UserPoolDefaults: { UsernameAttributes: [] },
      TokenConfig: { IssuerDomain: `https://cognito-idp.${region}.amazonaws.com` },
    },
  };
}

import { mkdirSync } from "node:fs";
import type { HostError } from "../host-error.ts";
import type { State } from "../state.ts";
import { type DynamoDb, startDynamoDb } from "./dynamodb-process.ts";
import { EmulatorProcess } from "./emulator-process.ts";

/** The stand-ins for AWS's own services. */
export interface Emulators {
  dynamodb: DynamoDb;
  cognito: EmulatorProcess;
  ses: EmulatorProcess;
  stop: () => Promise<void>;
}

/**
 * Starts all emulators at once. Cognito and SES have their ports then, and answer when they are told their settings.
 * @param onCrash called when one ends by itself
 * @throws HostError if one cannot be started; the others are stopped again
 */
export async function launchEmulators(state: State, onCrash: (error: HostError) => void): Promise<Emulators> {
  const { ports } = state.resources;
  const workingDirectory = state.path("cognito");
  mkdirSync(workingDirectory, { recursive: true });
  const started = await Promise.allSettled([
    startDynamoDb({
      preferredPort: ports["dynamodb"] ?? 0,
      directory: state.path("dynamodb"),
      logFile: state.path("logs", "dynamodb.log"),
      onCrash,
    }),
    EmulatorProcess.launch({
      title: "Cognito",
      module: "./cognito-emulator.ts",
      preferredPort: ports["cognito"] ?? 0,
      logFile: state.path("logs", "cognito.log"),
      workingDirectory,
      onCrash,
    }),
    EmulatorProcess.launch({
      title: "SES",
      module: "./ses-emulator.ts",
      preferredPort: ports["ses"] ?? 0,
      logFile: state.path("logs", "ses.log"),
      workingDirectory,
      onCrash,
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

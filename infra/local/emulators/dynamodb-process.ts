import { type ChildProcess, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { HostError } from "../host-error.ts";
import { freePort } from "../ports.ts";
import { hasEnded, startGuarded, stopChild } from "../processes.ts";
import { indexStreamRecords } from "./stream-index.ts";

export interface DynamoDbSettings {
  preferredPort: number;
  /** Folder for the database file. */
  directory: string;
  logFile: string;
  onCrash: (error: HostError) => void;
}

export interface DynamoDb {
  url: string;
  /** 0 if it is external. */
  port: number;
  /** Started by someone else: it is neither stopped with us nor emptied by a reset. */
  external: boolean;
  /** Printed once, if the user should know something about this DynamoDB. */
  remark: string | null;
  stop: () => Promise<void>;
}

interface Command {
  program: string;
  args: (port: number) => string[];
  cwd?: string;
  /** Text that it prints once it has its port; without it, another program may be answering there. */
  announces: string;
  /** Called once it answers. @returns a remark for the user */
  prepare: () => string | null;
}

const attempts = 3;
const startPatience = 20_000;

/** @throws HostError if this machine has no DynamoDB that can be started */
export async function startDynamoDb(settings: DynamoDbSettings): Promise<DynamoDb> {
  const endpoint = process.env["PORTERO_DYNAMODB_ENDPOINT"];
  if (endpoint) return await externalDynamoDb(endpoint.replace(/\/$/, ""));
  mkdirSync(settings.directory, { recursive: true });
  const command = dynoxide(settings.directory) ?? dynamoDbLocal(settings.directory);
  if (!command) throw new HostError(noDynamoDb);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? settings.preferredPort : 0);
    const cwd = command.cwd === undefined ? {} : { cwd: command.cwd };
    const child = startGuarded(command.program, command.args(port), cwd);
    const printed = record(child, settings.logFile);
    if (await answers(child, port, () => printed().includes(command.announces)))
      return running(child, port, command.prepare(), settings);
    // Another program took the port in between; only then does it help to try again.
    if (attempt === attempts || !printed().includes("in use")) {
      throw new HostError(
        `DynamoDB did not start: ${printed().trim() || "no reason given"} If its file is damaged: npm start -- --reset`,
      );
    }
  }
}

async function externalDynamoDb(url: string): Promise<DynamoDb> {
  try {
    await fetch(url);
  } catch {
    throw new HostError(
      `Nothing answers at PORTERO_DYNAMODB_ENDPOINT (${url}): start DynamoDB there, or unset it.`,
    );
  }
  return { url, port: 0, external: true, remark: null, stop: () => Promise.resolve() };
}

const noDynamoDb =
  `There is no DynamoDB for this machine (${process.platform}-${process.arch}): run npm ci so that the optional package ` +
  `@dynoxide/${process.platform}-${process.arch} is installed, or install Java 17 and the npm package ` +
  `amplify-dynamodb-simulator, or set PORTERO_DYNAMODB_ENDPOINT to a DynamoDB that runs already.`;

function running(
  child: ChildProcess,
  port: number,
  remark: string | null,
  settings: DynamoDbSettings,
): DynamoDb {
  let stopping = false;
  const ended = () => {
    if (!stopping) settings.onCrash(new HostError(`DynamoDB stopped unexpectedly; see ${settings.logFile}`));
  };
  if (hasEnded(child)) ended();
  child.once("exit", ended);
  const stop = async () => {
    stopping = true;
    await stopChild(child);
  };
  return { url: `http://127.0.0.1:${port}`, port, external: false, remark, stop };
}

/** The file in which Dynoxide keeps its tables. */
export const dynoxideDatabase = (directory: string): string => join(directory, "dynamodb.db");

/** Dynoxide's program; null if it is not installed for this machine. */
export function dynoxideProgram(): string | null {
  const name = process.platform === "win32" ? "dynoxide.exe" : "dynoxide";
  return inPackage(`@dynoxide/${process.platform}-${process.arch}`, name);
}

function dynoxide(directory: string): Command | null {
  const program = dynoxideProgram();
  if (program === null) return null;
  const database = dynoxideDatabase(directory);
  return {
    program,
    args: (port) => ["serve", "--host", "127.0.0.1", "--port", String(port), "--db-path", database],
    announces: "listening on",
    prepare: () =>
      indexStreamRecords(database)
        ? null
        : "DynamoDB's stream records could not be indexed: it slows down with every change.",
  };
}

function dynamoDbLocal(directory: string): Command | null {
  const jar = inPackage("amplify-dynamodb-simulator", join("emulator", "DynamoDBLocal.jar"));
  if (jar === null || spawnSync("java", ["-version"]).status !== 0) return null;
  const start = ["-Djava.library.path=./DynamoDBLocal_lib", "-jar", jar];
  const options = ["-sharedDb", "-dbPath", directory, "-disableTelemetry"];
  return {
    program: "java",
    args: (port) => [...start, "-port", String(port), ...options],
    cwd: join(jar, ".."),
    announces: "Initializing DynamoDB Local",
    prepare: () =>
      "DynamoDB Local cannot be told to listen on 127.0.0.1 alone: others on your network can reach it.",
  };
}

function inPackage(name: string, file: string): string | null {
  try {
    const path = join(createRequire(import.meta.url).resolve(`${name}/package.json`), "..", file);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Copies the child's output to a file. @returns a function that gives the last of it */
function record(child: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile, { flags: "a" });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-2000);
      log.write(text);
    });
  }
  child.once("close", () => log.end());
  return () => printed.replaceAll(/^error: /gm, "");
}

/** True when the child takes connections, false if it ends first. */
async function answers(child: ChildProcess, port: number, announced: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < startPatience; waited += 10) {
    if (hasEnded(child)) return false;
    if (announced() && (await connects(port))) return true;
    await delay(10);
  }
  return false;
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}

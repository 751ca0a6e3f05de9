import { type ChildProcess, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startGuarded, stopChild } from "../processes.ts";
import { HostError } from "../host-error.ts";
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
  /** 0 if it is not ours. */
  port: number;
  /** Not ours: neither started nor stopped with us, and not emptied by a reset. */
  external: boolean;
  /** Said once, if there is anything that one should know about it. */
  remark: string | null;
  stop: () => Promise<void>;
}

interface Command {
  program: string;
  args: (port: number) => string[];
  cwd?: string;
  /** What it says when the port is its own; another program may answer there as well. */
  announces: string;
  /** Done once it answers. */
  prepare?: () => void;
  remark: string | null;
}

const attempts = 3;

/** @throws HostError if no DynamoDB can be had on this machine */
export async function startDynamoDb(settings: DynamoDbSettings): Promise<DynamoDb> {
  const endpoint = process.env["PORTERO_DYNAMODB_ENDPOINT"];
  if (endpoint) return await externalDynamoDb(endpoint.replace(/\/$/, ""));
  mkdirSync(settings.directory, { recursive: true });
  const command = dynoxide(settings.directory) ?? dynamoDbLocal(settings.directory);
  if (!command) throw new HostError(noDynamoDb);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? settings.preferredPort : 0);
    const child = startGuarded(
      command.program,
      command.args(port),
      command.cwd === undefined ? {} : { cwd: command.cwd },
    );
    const words = record(child, settings.logFile);
    if (await answers(child, port, () => words().includes(command.announces))) {
      command.prepare?.();
      return running(child, port, command, settings);
    }
    if (attempt === attempts || !words().includes("in use")) {
      throw new HostError(
        `DynamoDB did not start: ${words().trim() || "no reason given"} If its file is damaged: npm start -- --reset`,
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
  { remark }: Command,
  settings: DynamoDbSettings,
): DynamoDb {
  let stopping = false;
  const ended = () => {
    if (!stopping) settings.onCrash(new HostError(`DynamoDB stopped unexpectedly; see ${settings.logFile}`));
  };
  if (child.exitCode !== null || child.signalCode !== null) ended();
  child.once("exit", ended);
  const stop = async () => {
    stopping = true;
    await stopChild(child);
  };
  return { url: `http://127.0.0.1:${port}`, port, external: false, remark, stop };
}

/** The file in which Dynoxide keeps its tables. */
export const dynoxideDatabase = (directory: string): string => join(directory, "dynamodb.db");

/** Dynoxide's program; null if there is none for this machine. */
export function dynoxideProgram(): string | null {
  const name = process.platform === "win32" ? "dynoxide.exe" : "dynoxide";
  return inPackage(`@dynoxide/${process.platform}-${process.arch}`, name);
}

function dynoxide(directory: string): Command | null {
  const program = dynoxideProgram();
  if (program === null) return null;
  const database = dynoxideDatabase(directory);
  const args = (port: number) => [
    "serve",
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--db-path",
    database,
  ];
  const prepare = () => void indexStreamRecords(database);
  return { program, args, announces: "listening on", prepare, remark: null };
}

function dynamoDbLocal(directory: string): Command | null {
  const jar = inPackage("amplify-dynamodb-simulator", join("emulator", "DynamoDBLocal.jar"));
  if (jar === null || spawnSync("java", ["-version"]).status !== 0) return null;
  const options = ["-sharedDb", "-dbPath", directory, "-disableTelemetry"];
  return {
    program: "java",
    args: (port) => [
      "-Djava.library.path=./DynamoDBLocal_lib",
      "-jar",
      jar,
      "-port",
      String(port),
      ...options,
    ],
    cwd: join(jar, ".."),
    announces: "Initializing DynamoDB Local",
    remark:
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

function record(child: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile, { flags: "a" });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-2000);
      log.write(text);
    });
  }
  child.once("close", () => log.end());
  return () => words.replaceAll(/^error: /gm, "");
}

/** True as soon as the child takes connections, false if it ends first. */
async function answers(child: ChildProcess, port: number, announced: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 20_000; waited += 10) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
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

/** The preferred port if nobody listens on it, any other if somebody does. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (preferred === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(preferred, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";

export interface Demo {
  readonly baseUrl: string;
  readonly mailUrl: string;
  readonly dynamodbUrl: string;
  readonly accounts: readonly {
    username: string;
    password: string;
    roles: string[];
    organisationId: string;
  }[];
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The application as a process, which can be killed and started again on the same state. */
export class Program {
  readonly directory = mkdtempSync(join(tmpdir(), "portero-"));
  readonly #started: ChildProcess[] = [];

  async start(): Promise<Demo> {
    const child = spawn("npm", ["start", "--", "--state", this.directory], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#started.push(child);
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString()));
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    const deadline = Date.now() + 120_000;
    while (!output.includes("Ready")) {
      if (Date.now() > deadline || child.exitCode !== null) {
        throw new Error(`npm start did not get ready:\n${output}`);
      }
      await pause(100);
    }
    return JSON.parse(readFileSync(join(this.directory, "demo.json"), "utf8")) as Demo;
  }

  /** Kills it at once, with all its child processes. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  async stop(): Promise<void> {
    const running = this.#started.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const ended = running.map((child) => once(child, "exit"));
    this.#signal("SIGTERM");
    await Promise.all(ended);
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** All items of both tables. */
  async items({ dynamodbUrl }: Demo): Promise<Record<string, unknown>[]> {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ region: "eu-west-1", endpoint: dynamodbUrl, credentials }),
    );
    const { physicalIds } = JSON.parse(readFileSync(join(this.directory, "resources.json"), "utf8")) as {
      physicalIds: Record<string, string>;
    };
    const tables = Object.values(physicalIds).filter((id) => /table/i.test(id) && !id.startsWith("arn"));
    const found: Record<string, unknown>[] = [];
    for (const TableName of tables) {
      for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
        found.push(...(page.Items ?? []));
      }
    }
    return found;
  }

  #signal(signal: NodeJS.Signals): void {
    for (const { pid } of this.#started) {
      try {
        if (pid !== undefined) process.kill(-pid, signal);
      } catch {
        // The process has ended already.
      }
    }
  }
}

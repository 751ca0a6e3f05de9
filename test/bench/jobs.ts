import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { JobResult } from "../../shared/domain/jobs/result.ts";
import { itemsOfAll, World, type Account } from "../integration/operations/jobs/world.ts";
import { organisation } from "../support/domain.ts";
import { tablesAt } from "../support/dynamodb.ts";
import { filledTables } from "../support/filled-tables.ts";

export const jobs = ["warn", "deactivate"] as const;
export type Job = (typeof jobs)[number];

/** The cost of one run of a job. */
export interface JobFigures {
  readonly result: JobResult;
  /** The consumed capacity that the emulator reports. */
  readonly readUnits: number;
  readonly requests: readonly string[];
  readonly milliseconds: number;
  /** The most memory that the process took which did nothing but this run; null where it did more. */
  readonly megabytes: number | null;
}

export const jobTime = "2026-11-22T05:00:00Z";
const organisationIds = Array.from({ length: 10 }, (_, index) => String(index + 2));

/** Users who are not due, users of whom both jobs have something to do today, and their administrators. */
function accounts(notDue: number, due: number): Account[] {
  const of = (index: number) => organisationIds[index % organisationIds.length]!;
  const resting = Array.from({ length: notDue }, (_, index) => ({
    ...{ username: `fresting${index + 2}`, organisationId: of(index) },
    ...{ createdAt: "2026-09-22T10:00:00.000Z", passwordExpiresAt: "2026-12-22T10:00:00.000Z" },
  }));
  const busy = Array.from({ length: due }, (_, index) => ({
    ...{ username: `fdue${index + 2}`, organisationId: of(index) },
    ...{ createdAt: "2026-05-20T10:00:00.000Z", passwordExpiresAt: "2026-12-06T10:00:00.000Z" },
  }));
  const administrators = organisationIds.map((organisationId) => ({
    ...{ username: `boss${organisationId}`, organisationId, roles: ["organisation-admin"] as const },
    ...{ createdAt: "2026-09-22T10:00:00.000Z", passwordExpiresAt: "2026-12-22T10:00:00.000Z" },
  }));
  return [...resting, ...busy, ...administrators];
}

/**
 * Runs both jobs among so many users.
 * @param apart whether each in a process of its own, so that its memory can be told
 */
export async function measureJobs(
  size: { readonly notDue: number; readonly due: number },
  { apart }: { readonly apart: boolean },
): Promise<Record<Job, JobFigures>> {
  const organisations = organisationIds.map((id) => organisation({ id, agbCode: null }));
  const { tables, endpoint, stop } = await filledTables(
    itemsOfAll(organisations, accounts(size.notDue, size.due)),
  );
  const unique = tables.tableName.replace("Portero-", "");
  const run = apart ? runApart : runHere;
  const warn = await run("warn", endpoint, unique);
  const deactivate = await run("deactivate", endpoint, unique);
  await stop();
  return { warn, deactivate };
}

/** @param unique by which the tables are told from others */
export async function runHere(job: Job, endpoint: string, unique: string): Promise<JobFigures> {
  const world = World.at(tablesAt(endpoint, unique));
  const began = performance.now();
  const result = await world[job](jobTime);
  const milliseconds = performance.now() - began;
  const { readUnits, tables } = world;
  return { result, readUnits, requests: [...tables.requests], milliseconds, megabytes: null };
}

async function runApart(job: Job, endpoint: string, unique: string): Promise<JobFigures> {
  const program = join(import.meta.dirname, "job-process.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, job, endpoint, unique], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as JobFigures;
}

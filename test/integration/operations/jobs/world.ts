import * as z from "zod/mini";
import { deactivateInactive } from "../../../../shared/operations/jobs/deactivate-inactive.ts";
import { warnPasswordExpiry } from "../../../../shared/operations/jobs/warn-password-expiry.ts";
import type { JobName, JobResult } from "../../../../shared/domain/jobs/result.ts";
import { parseLoginName } from "../../../../shared/domain/login-name.ts";
import type { Organisation } from "../../../../shared/domain/organisation.ts";
import { settingsSchema, type Settings } from "../../../../shared/domain/settings.ts";
import { administers, isUsable, type User } from "../../../../shared/domain/user.ts";
import { DynamoAdministratorRepository } from "../../../../shared/dynamodb/administrator-repository.ts";
import { DynamoDueList } from "../../../../shared/dynamodb/due-list.ts";
import { storedUser } from "../../../../shared/dynamodb/items.ts";
import { DynamoJobRepository } from "../../../../shared/dynamodb/job-repository.ts";
import {
  administratorsKey,
  dueItem,
  emailKey,
  loginNameKey,
  organisationKey,
  userKey,
} from "../../../../shared/dynamodb/keys.ts";
import { DynamoLapseRepository } from "../../../../shared/dynamodb/lapse-repository.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import type { StoredItem } from "../../../../shared/dynamodb/read.ts";
import { DynamoReminderRepository } from "../../../../shared/dynamodb/reminder-repository.ts";
import { DynamoRetentionRepository } from "../../../../shared/dynamodb/retention-repository.ts";
import { DynamoRoleRepository } from "../../../../shared/dynamodb/role-repository.ts";
import { scheduledJob, type ScheduledJob } from "../../../../shared/operations/jobs/scheduled-job.ts";
import { person, user } from "../../../support/domain.ts";
import { withoutWrites } from "../../../../shared/dynamodb/dry-run.ts";
import type { Tables } from "../../../../shared/dynamodb/client.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";

/** The properties of a user in tests of jobs; the other stored data follow from them. */
export type Account = Partial<User> & { readonly username: string };

/** A job with its adapters, and views of what it did. */
export class World {
  readonly tables: TestTables;
  readonly settings: Settings;
  /** The number of writes after which everything stops, as if the function had been killed. */
  killAfter = Infinity;
  writes = 0;
  /** The metrics of the last run. */
  readonly measured: Record<string, number> = {};
  /** The number of entries for which there is time. */
  time = Infinity;
  /** Read units, by command. */
  readUnits = 0;

  private constructor(tables: TestTables, settings: Settings) {
    this.tables = tables;
    this.settings = settings;
    this.#watchWrites();
    this.#watchReads();
  }

  static async create(): Promise<World> {
    return World.at(await createTables());
  }

  /** Makes a world on existing tables. */
  static at(tables: TestTables): World {
    return new World(tables, z.parse(settingsSchema, {}));
  }

  /** Puts everything in place as the repositories would have. */
  async seed(organisations: readonly Organisation[], accounts: readonly Account[]): Promise<void> {
    await this.put(itemsOfAll(organisations, accounts));
    this.writes = 0;
  }

  async put(items: readonly StoredItem[]): Promise<void> {
    await putAll(this.tables, items);
  }

  warn(time: string, dryRun = false): Promise<JobResult> {
    const { settings } = this;
    const workOn = (tables: Tables) =>
      warnPasswordExpiry({
        due: new DynamoDueList(tables),
        reminders: new DynamoReminderRepository(tables),
        settings,
      });
    return this.#run({ time, dryRun }, "warn-password-expiry", workOn);
  }

  deactivate(time: string, dryRun = false): Promise<JobResult> {
    const { settings } = this;
    const workOn = (tables: Tables) =>
      deactivateInactive({
        due: new DynamoDueList(tables),
        reminders: new DynamoReminderRepository(tables),
        lapses: new DynamoLapseRepository(tables),
        administrators: new DynamoAdministratorRepository(tables),
        roles: new DynamoRoleRepository(tables),
        retention: new DynamoRetentionRepository(tables),
        organisations: new DynamoOrganisationRepository(tables),
        settings,
      });
    return this.#run({ time, dryRun }, "deactivate-inactive", workOn);
  }

  /** The stored item of a user, by login name. */
  async user(username: string): Promise<StoredItem> {
    const found = (await this.tables.items()).find(({ SK }) => SK === `USER#${username}`);
    if (!found) throw new Error(`no user ${username}`);
    return found;
  }

  /** The mails in the outbox, as `<template> to <login name>: <data>`. */
  async mails(): Promise<string[]> {
    const mails = await this.tables.items("MAIL#");
    return mails.map(({ template, username, data }) => mailLine(template, username, data)).sort();
  }

  async auditEvents(): Promise<string[]> {
    const events = await this.tables.auditEvents();
    return events.map(({ action, subject }) => `${String(action)} ${(subject as { id: string }).id}`).sort();
  }

  /** The entries of the due list. */
  async dueList(): Promise<string[]> {
    const items = (await this.tables.items("ORG#")).filter((item) => "dueSort" in item);
    return items.map((item) => `${String(item["duePartition"])} ${String(item["dueSort"])}`).sort();
  }

  /** All items of both tables, without the times of job runs and of writes to the directory. */
  async state(): Promise<StoredItem[]> {
    const items = [...(await this.tables.items()), ...(await this.tables.auditEvents())];
    const keyOf = ({ PK, SK }: StoredItem) => `${String(PK)} ${String(SK)}`;
    return items
      .filter(({ SK }) => SK !== "JOB")
      .map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => name !== "c")))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  #run(
    event: { time: string; dryRun: boolean },
    name: JobName,
    workOn: (tables: Tables) => ScheduledJob["work"],
  ): Promise<JobResult> {
    const { tables } = this;
    const getRemainingTimeInMillis = () => (this.time-- > 0 ? 900_000 : 0);
    const measure = (metric: string, value: number) => (this.measured[metric] = value);
    const jobs = new DynamoJobRepository(tables);
    const [work, dryWork] = [workOn(tables), workOn(withoutWrites(tables))];
    return scheduledJob({ name, jobs, measure, work, dryWork })(event, { getRemainingTimeInMillis });
  }

  #watchWrites(): void {
    this.tables.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (this.writes >= this.killAfter) throw new Error("Killed");
        const result = await next(args);
        if (/^(?:Put|Update|Delete|TransactWrite)/.test(String(context["commandName"]))) this.writes += 1;
        return result;
      },
      { step: "initialize", priority: "high", name: "watchWrites" },
    );
  }

  #watchReads(): void {
    this.tables.client.middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        const reads = /^(?:Get|BatchGet|Query|Scan|TransactGet)/.test(String(context["commandName"]));
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Capacity | Capacity[] };
        for (const { CapacityUnits } of reads ? [ConsumedCapacity ?? []].flat() : []) {
          this.readUnits += CapacityUnits ?? 0;
        }
        return result;
      },
      { step: "initialize", priority: "high", name: "watchReads" },
    );
  }
}

interface Capacity {
  readonly CapacityUnits?: number;
}

export function mailLine(template: unknown, username: unknown, data: unknown): string {
  const parts = Object.entries(data as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${String(template)} to ${String(username)}: ${JSON.stringify(Object.fromEntries(parts))}`;
}

export function fullUser(account: Account): User {
  const { username } = account;
  const lastName = username.replace(/^f/, "");
  return user({ ...person({ lastName, email: `${username}@zorg.example` }), ...account });
}

/** The items that the repositories would have written for a user. */
export function itemsOfAll(
  organisations: readonly Organisation[],
  accounts: readonly Account[],
): StoredItem[] {
  const users = accounts.map((account) => fullUser(account));
  return [
    ...organisations.map((one) => ({ ...organisationKey(one.id), ...one })),
    ...users.flatMap((one) => itemsOf(one)),
    ...administratorItems(users),
  ];
}

function itemsOf(one: User): StoredItem[] {
  const { organisationId, username, email } = one;
  const holder = { organisationId, username };
  const ended = !isUsable(one.status);
  const { passwordExpiresAt } = one;
  return [
    { ...userKey(one), ...storedUser(one) },
    { ...loginNameKey(parseLoginName(username)!), ...holder },
    ...(ended ? [] : [{ ...emailKey(email), ...holder }, dueItem("inactivity", one, one.createdAt)]),
    ...(passwordExpiresAt === null ? [] : [dueItem("password-expiry", one, passwordExpiresAt)]),
  ];
}

function administratorItems(users: readonly User[]): StoredItem[] {
  const all = users.filter(({ roles }) => administers(roles));
  const ids = [...new Set(all.map(({ organisationId }) => organisationId))];
  return ids.map((id) => ({
    ...administratorsKey(id),
    usernames: new Set(all.flatMap((one) => (one.organisationId === id ? [one.username] : []))),
  }));
}

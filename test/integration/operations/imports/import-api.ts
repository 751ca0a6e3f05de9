import { randomUUID } from "node:crypto";
import { finishImports } from "../../../../shared/operations/imports/finish-imports.ts";
import { carryOutImport } from "../../../../shared/operations/imports/carry-out-import.ts";
import { importUsers } from "../../../../shared/operations/imports/import-users.ts";
import { routes } from "../../../../shared/operations/imports/routes.ts";
import type { Organisation } from "../../../../shared/domain/organisation.ts";
import type { Tables } from "../../../../shared/dynamodb/client.ts";
import { DynamoKeptAnswers } from "../../../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserImportRepository } from "../../../../shared/dynamodb/user-import-repository.ts";
import { createApi } from "../../../../shared/http/api.ts";
import { organisation, user } from "../../../support/domain.ts";
import type { TestTables } from "../../../support/dynamodb.ts";
import { gatewayEvent, lambdaContext } from "../../../support/gateway-event.ts";

export const now = new Date("2026-11-22T13:00:00.000Z");

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: {
    readonly type?: string;
    readonly dryRun: boolean;
    readonly created: number;
    readonly rows: readonly {
      readonly line: number;
      readonly username: string | null;
      readonly name: string | null;
      readonly email: string | null;
      readonly errors: readonly {
        readonly field: string | null;
        readonly code: string;
        readonly detail: string;
      }[];
    }[];
    readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
  };
}

export interface Ask {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly at?: Date;
  readonly headers?: Readonly<Record<string, string>>;
  readonly emailDomains?: string[];
  readonly dryRunsPerHour?: number;
  readonly mailsPerHour?: number;
  /** The organisation as the operation reads it; the table's may have changed since. */
  readonly readBefore?: Organisation;
}

/** Sends a file to the function's API as an administrator of organisation 2. */
export async function sendFile(tables: Tables, csv: string | Buffer, ask: Ask = {}): Promise<Answer> {
  const clock = () => ask.at ?? now;
  const own = ask.readBefore ?? organisation({ emailDomains: ask.emailDomains ?? [] });
  const caller = {
    user: user({ username: "kbakker", roles: ["organisation-admin"] }),
    organisation: own,
    sessionId: "session",
  };
  const operations = {
    importUsers: importUsers({
      imports: new DynamoUserImportRepository(tables),
      organisations: ask.readBefore
        ? { find: () => Promise.resolve(ask.readBefore ?? null) }
        : new DynamoOrganisationRepository(tables),
      settings: {
        mailsPerOrganisationPerHour: ask.mailsPerHour ?? 2000,
        dryRunsPerOrganisationPerHour: ask.dryRunsPerHour ?? 1000,
      },
      clock,
      newId: randomUUID,
    }),
  };
  const repetition = { answers: new DynamoKeptAnswers(tables), clock };
  const authenticate = () => Promise.resolve(caller);
  const api = createApi(routes, operations, { authenticate, repetition, version: "1.0.0" });
  const answer = await api(
    gatewayEvent({
      method: "POST",
      path: "/v1/organisations/2/user-imports",
      params: { id: "2" },
      headers: {
        "content-type": "text/csv; charset=utf-8",
        ...(ask.key !== undefined && { "idempotency-key": ask.key }),
        ...ask.headers,
      },
      ...(ask.dryRun !== undefined && { query: { dryRun: String(ask.dryRun) } }),
      body: csv,
    }),
    lambdaContext,
  );
  const retryAfter = answer.headers?.["Retry-After"]?.toString();
  return { status: answer.statusCode, retryAfter, body: JSON.parse(answer.body) as Answer["body"] };
}

/** Runs the job that finishes interrupted imports. */
export function finishLeftovers(tables: Tables, at: Date) {
  const imports = new DynamoUserImportRepository(tables);
  const carryOut = carryOutImport({ imports, clock: () => at, newId: randomUUID });
  return finishImports({ imports, carryOut })(at);
}

export const header = "initials,firstName,infix,lastName,email,phone,fax,memo";

/** A file of people, each with a name and an address of their own. */
export function fileOf(count: number, domain = "zorg.example"): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const letters = Array.from(String(index), (digit) => "abcdefghij".charAt(Number(digit))).join("");
    return `F.,Femke,,Proef${letters},femke.${letters}@${domain},030 555 01 23,,`;
  });
  return [header, ...rows, ""].join("\r\n");
}

/** The content of the tables without random ids, so that two runs can be compared. */
export async function stateOf(tables: TestTables): Promise<Record<string, unknown>> {
  const items = await tables.items();
  const of = (prefix: string) =>
    items.filter(({ PK, SK }) => `${String(PK)}/${String(SK)}`.startsWith(prefix));
  const sorted = (texts: string[]) => texts.sort();
  const traces = (await tables.auditEvents()) as { action: string; subject: { id: string } }[];
  const users = of("ORG#2/USER#");
  return {
    users: sorted(
      users.map(({ username, email, status }) => `${String(username)} ${String(email)} ${String(status)}`),
    ),
    entries: of("ORG#2/ENTRY#").length,
    due: of("ORG#2/DUE#").length,
    emails: sorted(of("EMAIL#").map(({ PK, username }) => `${String(PK)} ${String(username)}`)),
    names: sorted(of("USERNAME#").map(({ PK, SK }) => `${String(PK)} ${String(SK)}`)),
    mails: sorted(of("MAIL#").map(({ username, template }) => `${String(username)} ${String(template)}`)),
    traces: sorted(
      traces.map(({ action, subject }) => `${action} ${action === "user.created" ? subject.id : ""}`),
    ),
    journal: sorted(of("IMPORT#").map(({ SK, state }) => `${String(SK)} ${String(state)}`)),
  };
}

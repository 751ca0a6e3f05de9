import {
  isRecorded,
  recordDataAccess,
  type RecordDataAccess,
} from "../../../../shared/http/record-data-access.ts";
import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { createUser } from "../../../../shared/operations/users/create-user.ts";
import { deleteUser } from "../../../../shared/operations/users/delete-user.ts";
import { editUser } from "../../../../shared/operations/users/edit-user.ts";
import { exportUsers } from "../../../../shared/operations/users/export-users.ts";
import { getUser } from "../../../../shared/operations/users/get-user.ts";
import { listUpcoming } from "../../../../shared/operations/users/list-upcoming.ts";
import { listUsers } from "../../../../shared/operations/users/list-users.ts";
import { orderPasswordLink } from "../../../../shared/operations/users/order-password-link.ts";
import { routes } from "../../../../shared/operations/users/routes.ts";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { instant, plusMonths } from "../../../../shared/domain/time.ts";
import type { UserQuery } from "../../../../shared/domain/user-search.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { DynamoAdministratorRepository } from "../../../../shared/dynamodb/administrator-repository.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { cursorSecret } from "../../../../shared/dynamodb/cursor-secret.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../../../shared/dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../../../shared/dynamodb/session-repository.ts";
import { DynamoUserDirectory } from "../../../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { Cursors } from "../../../../shared/operations/kit/cursor.ts";
import { organisation, person, user } from "../../../support/domain.ts";
import type { TestTables } from "../../../support/dynamodb.ts";
import type { Listed } from "../../../support/user-model.ts";

export const settings = z.parse(settingsSchema, {});
const nothing = { mails: [], events: [] };

/** The first administrator of organisation 2. */
export const administrator = user({
  ...person({ initials: "A.", lastName: "Beheer", email: "admin@zorg.example" }),
  username: "abeheer",
  roles: ["organisation-admin"],
  passwordExpiresAt: "9999-01-01T00:00:00.000Z",
});

/** The operations of one container on real adapters. */
export class Administration {
  readonly tables: TestTables;
  readonly users: DynamoUserRepository;
  readonly directory: DynamoUserDirectory;
  now = new Date("2026-11-22T12:00:00.000Z");
  readonly #sessions: DynamoSessionRepository;
  readonly #passwords: DynamoPasswordRepository;
  readonly #operations;
  readonly #recordDataAccess: RecordDataAccess;

  constructor(tables: TestTables, limits?: { readonly mostReadWhole: number }) {
    this.tables = tables;
    this.users = new DynamoUserRepository(tables);
    this.directory = new DynamoUserDirectory(tables, limits);
    this.#sessions = new DynamoSessionRepository(tables);
    this.#passwords = new DynamoPasswordRepository(tables);
    this.#operations = this.#wire();
    this.#recordDataAccess = recordDataAccess({
      auditTrail: new DynamoAuditTrail(tables),
      clock: () => this.now,
      newId: () => randomUUID(),
    });
  }

  #wire() {
    const dependencies = {
      users: this.users,
      directory: this.directory,
      organisations: new DynamoOrganisationRepository(this.tables),
      links: new DynamoPasswordLinkRepository({ ...this.tables, settings }),
      administrators: new DynamoAdministratorRepository(this.tables),
      auditTrail: new DynamoAuditTrail(this.tables),
      cursors: new Cursors(cursorSecret(this.tables)),
      settings,
      clock: () => this.now,
      newId: () => randomUUID(),
    };
    return {
      listUsers: listUsers({ ...dependencies, exportUsers: exportUsers(dependencies) }),
      createUser: createUser(dependencies),
      getUser: getUser(dependencies),
      editUser: editUser(dependencies),
      deleteUser: deleteUser(dependencies),
      orderPasswordLink: orderPasswordLink(dependencies),
      listUpcoming: listUpcoming(dependencies),
    };
  }

  /** Organisation 2 with its administrator. */
  async begin(): Promise<void> {
    const organisations = new DynamoOrganisationRepository(this.tables);
    await organisations.register(organisation(), administrator, nothing);
    this.tables.forget();
  }

  /** Calls a route as a user of an organisation; query parameters that are left out have their default. */
  async request(
    name: keyof typeof routes,
    parts: {
      readonly caller?: User;
      readonly id?: string;
      readonly username?: string;
      readonly query?: object;
      readonly body?: object;
      readonly ifMatch?: string;
      readonly wantsCsv?: boolean;
      readonly language?: "nl" | "en";
    } = {},
    // The tests say what they expect of an answer.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
  ): Promise<{ body: any; headers: Record<string, string> }> {
    const route = routes[name];
    const { caller = administrator, id = "2", username = "", ifMatch, wantsCsv = false } = parts;
    const query = "query" in route ? z.parse(route.query, parts.query ?? {}) : {};
    const request = {
      params: { id, username },
      query,
      body: parts.body ?? {},
      caller: { user: caller, organisation: organisation({ id: caller.organisationId }), sessionId: "s" },
      origin: {
        actor: { username: caller.username, organisationId: caller.organisationId },
        address: "192.0.2.1",
        requestId: "request",
      },
      ifMatch: ifMatch === undefined ? "*" : [ifMatch],
      repeatable: null,
      wantsCsv,
      language: parts.language ?? "nl",
      sourceAddress: "192.0.2.1",
    };
    const response = await this.#operations[name](request as never);
    const { caller: who, origin } = request;
    if (!response.audited && isRecorded(route, who, response.dataAccess))
      await this.#recordDataAccess([response.dataAccess], origin);
    return response as never;
  }

  /** The whole list, page after page. */
  async pages(
    { search, ...query }: UserQuery,
    limit: number,
  ): Promise<{ items: Listed[]; totals: number[] }> {
    const items: Listed[] = [];
    const totals: number[] = [];
    let after: string | null = null;
    do {
      const asked = { ...query, limit, ...(search !== null && { search }), ...(after !== null && { after }) };
      const { body } = await this.request("listUsers", { query: asked });
      items.push(...(body.items as Listed[]));
      totals.push(body.total as number);
      after = body.next as string | null;
    } while (after !== null);
    return { items, totals };
  }

  /** Makes an invited user an active one, as redeeming a link does. */
  async activate(username: string, at = this.now): Promise<void> {
    const found = (await this.users.find("2", username))!;
    const link = { organisationId: "2", username, linkId: randomUUID() };
    const links = new DynamoPasswordLinkRepository({ ...this.tables, settings });
    await links.request({
      username,
      address: randomUUID(),
      now: at,
      link: { user: found, linkId: link.linkId },
      consequences: nothing,
    });
    await links.mint(link, randomUUID(), instant(at), plusMonths(at, 1));
    const claim = { user: found, linkId: link.linkId, at: instant(at) };
    await this.#passwords.claim(claim, instant(at));
    await this.#passwords.recordAccepted({
      claim,
      expiresAt: plusMonths(at, 3),
      history: { salt: new Uint8Array(16), hashes: [] },
      keepSession: null,
      consequences: nothing,
    });
  }

  async signIn(username: string, at: Date): Promise<void> {
    const found = (await this.users.find("2", username))!;
    const session = {
      kind: "api" as const,
      startedAt: instant(at),
      expiresAt: "9999-01-01T00:00:00.000Z",
      tokens: [],
    };
    await this.#sessions.open(found, randomUUID(), session, {
      id: randomUUID(),
      at: instant(at),
      organisationId: "2",
      actor: null,
      action: "session.opened",
      subject: { type: "user", id: username },
      outcome: "done",
      address: null,
      requestId: null,
      detail: {},
    });
  }
}

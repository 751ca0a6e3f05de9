import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { auditEvent } from "../../../shared/domain/audit.ts";
import type { Organisation } from "../../../shared/domain/organisation.ts";
import type { Closure, Incident, LoggedContact } from "../../../shared/domain/sanction.ts";
import { listAuditEvents } from "../../../shared/operations/audit/list-audit-events.ts";
import { Cursors } from "../../../shared/operations/kit/cursor.ts";
import { bytesInAnswer } from "../../../shared/operations/kit/page-of-list.ts";
import type { Route } from "../../../shared/operations/kit/route.ts";
import { listProfiles } from "../../../shared/operations/organisations/list-profiles.ts";
import { organisationRepresentation } from "../../../shared/operations/organisations/organisation-representation.ts";
import { newOrganisation } from "../../../shared/operations/organisations/schemas.ts";
import { listClosures } from "../../../shared/operations/sanctions/list-closures.ts";
import { listContacts } from "../../../shared/operations/sanctions/list-contacts.ts";
import { listIncidents } from "../../../shared/operations/sanctions/list-incidents.ts";
import {
  closureRepresentation,
  incidentRepresentation,
} from "../../../shared/operations/sanctions/representations.ts";
import {
  newClosure,
  newContact,
  newIncident,
  newReopening,
} from "../../../shared/operations/sanctions/schemas.ts";
import { deletion, newUser } from "../../../shared/operations/users/schemas.ts";
import { userRepresentation } from "../../../shared/operations/users/user-representation.ts";
import { organisation, user } from "../../support/domain.ts";

interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** A quotation mark takes the most bytes of all characters: four, once its JSON is a text in JSON again. */
const heaviest = '"';
const lengths: Readonly<Record<string, number>> = { date: 10, "date-time": 24, uuid: 36 };

/** The largest value that a request's schema takes. A text without a limit fails. */
function largest(schema: JsonSchema, path = ""): unknown {
  if (schema.anyOf) return largest(schema.anyOf.find(({ type }) => type !== "null") ?? {}, path);
  if (schema.enum) return schema.enum.toSorted((a, b) => b.length - a.length)[0];
  switch (schema.type ?? "") {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, largest(one, `${path}/${name}`)]),
      );
    case "array":
      expect(schema.maxItems, `${path} has no limit`).toBeDefined();
      return Array.from({ length: schema.maxItems ?? 0 }, () => largest(schema.items ?? {}, path));
    case "string": {
      const most =
        schema.maxLength ?? lengths[schema.format ?? ""] ?? (path.endsWith("agbCode") ? 8 : undefined);
      expect(most, `${path} has no limit`).toBeDefined();
      return heaviest.repeat(most ?? 0);
    }
    default:
      return schema.type === "boolean" ? false : Number.MAX_SAFE_INTEGER;
  }
}

/** The largest value that a schema takes, in the form that the operation gets it. */
function largestOf<S extends z.ZodMiniType>(schema: S): z.infer<S> {
  return largest(
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any", metadata: z.registry() }) as JsonSchema,
  ) as z.infer<S>;
}

const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const at = "2026-11-22T12:00:00.000Z";
const longName = "x".repeat(60);

const largestUser = userRepresentation(
  user({
    ...largestOf(newUser),
    username: longName,
    remark: largestOf(deletion).reason,
    roles: ["organisation-admin", "contract-manager", "service-desk"],
    lastLoginAt: at,
    passwordExpiresAt: at,
    passwordLink: { id: id(0), requestedAt: at, sentAt: at, expiresAt: at, state: "revoked" },
  }),
  new Date(at),
);
const largestOrganisation = (): Organisation => {
  const { administrator, ...data } = largestOf(newOrganisation);
  expect(administrator).toBeDefined();
  return organisation({ ...(data as Partial<Organisation>), profile: "volledig" });
};
const largestIncident = (index: number, contacts: number): Incident & { contacts: LoggedContact[] } => ({
  ...largestOf(newIncident),
  id: id(index),
  organisationId: "2",
  recordedAt: at,
  recordedBy: longName,
  contacts: many(contacts, (one) => ({ ...largestOf(newContact), id: id(one), at })),
});
const largestClosure = (index: number): Closure => ({
  ...(largestOf(newClosure) as Pick<Closure, "ground" | "assessment">),
  id: id(index),
  incidentIds: many(50, id),
  organisationId: "2",
  closedAt: at,
  closedBy: longName,
  reopenedAt: at,
  reopenedBy: longName,
  reopeningReason: largestOf(newReopening).reason,
  undelivered: [],
});

const cursors = new Cursors(() => Promise.resolve(new Uint8Array(32)));
const organisations = { find: () => Promise.resolve(organisation()) };
const request = (query: object = {}) => ({
  params: { id: "2", incidentId: id(0) },
  query: { limit: 100, ...query },
  caller: {
    user: user({ organisationId: "1", roles: ["contract-manager"] }),
    organisation: organisation(),
    sessionId: "session",
  },
  language: "nl" as const,
  origin: { actor: null, address: null, requestId: null },
  repeatable: null,
  encoding: "utf-8" as const,
  body: {},
  ifMatch: null,
  wantsCsv: false as const,
  sourceAddress: "192.0.2.1",
});

/** The largest page of each list, as the operation answers it or, where it reads much, made of the largest items. */
const pages: Readonly<Record<string, () => Promise<{ items: readonly unknown[]; next?: string | null }>>> = {
  listUsers: () => Promise.resolve({ items: many(100, () => largestUser) }),
  listAdministrators: () => Promise.resolve({ items: many(100, () => largestUser) }),
  listOrganisations: () =>
    Promise.resolve({
      items: many(100, () => organisationRepresentation(largestOrganisation(), "operator")),
    }),
  listProfiles: async () => {
    const operation = listProfiles();
    return (await operation(request() as unknown as Parameters<typeof operation>[0])).body;
  },
  listIncidents: async () => {
    const sanctions = { incidents: () => Promise.resolve(many(100, (one) => largestIncident(99 - one, 25))) };
    const operation = listIncidents({ organisations, sanctions, cursors });
    return (await operation(request())).body;
  },
  listContacts: async () => {
    const operation = listContacts({
      sanctions: { incident: () => Promise.resolve(largestIncident(0, 400)) },
      cursors,
    });
    return (await operation(request())).body;
  },
  listClosures: async () => {
    const sanctions = { closures: () => Promise.resolve(many(100, (one) => largestClosure(99 - one))) };
    const operation = listClosures({ organisations, sanctions, cursors });
    return (await operation(request())).body;
  },
  listAuditEvents: async () => {
    const origin = {
      actor: { username: longName, organisationId: "1" },
      address: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
      requestId: id(0),
    };
    const event = auditEvent(id(0), at, origin, {
      organisationId: "2",
      action: "personal-data.viewed",
      subject: { type: "organisation", id: "2" },
      outcome: "done",
      detail: { what: "incidents", incidentIds: many(100, id) },
    });
    const operation = listAuditEvents({
      organisations,
      cursors,
      auditReader: {
        page: () => Promise.resolve({ events: many(100, () => event), next: null }),
        count: () => Promise.resolve(100),
      },
    });
    return (await operation(request())).body;
  },
};

/** The largest answer of each operation whose answer is kept for a repeat of the request. */
const answers: Readonly<Record<string, () => unknown>> = {
  createUser: () => largestUser,
  registerOrganisation: () => ({
    organisation: organisationRepresentation(largestOrganisation(), "operator"),
    administrator: largestUser,
  }),
  recordIncident: () => incidentRepresentation(largestIncident(0, 0)),
  logContact: () => incidentRepresentation(largestIncident(0, 400)),
  closeAccess: () => closureRepresentation(largestClosure(0)),
  reopenAccess: () => closureRepresentation(largestClosure(0)),
};
/** An import keeps a journal of its own, a part of the people in each item (ADR 7). */
const keptOtherwise = ["importUsers"];

const folder = join(import.meta.dirname, "..", "..", "..", "shared", "operations");
const modules = (await Promise.all(
  globSync("*/routes.ts", { cwd: folder }).map((file) => import(join(folder, file))),
)) as { routes?: Record<string, Route> }[];
const routes = modules.flatMap((module) => Object.entries(module.routes ?? {}));
const isList = ({ success: { schema } }: Route) => {
  const { properties = {} } = schema
    ? (z.toJSONSchema(schema, { unrepresentable: "any", metadata: z.registry() }) as JsonSchema)
    : {};
  return "items" in properties && "next" in properties;
};

describe("a page of the largest items there can be", () => {
  it("is known of every list", () => {
    const lists = routes.filter(([, route]) => isList(route)).map(([name]) => name);
    expect(Object.keys(pages).toSorted()).toEqual(lists.toSorted());
  });

  it.each(Object.entries(pages))("stays under the 6 MB that Lambda takes: %s", async (_, page) => {
    const { items } = await page();
    expect(items.length).toBeGreaterThan(0);
    expect(bytesInAnswer({ items })).toBeLessThan(6_000_000);
  });

  it("ends early and is gone on from there, so that all incidents are seen once", async () => {
    const all = many(60, (one) => largestIncident(59 - one, 25));
    const operation = listIncidents({
      organisations,
      sanctions: { incidents: () => Promise.resolve(all) },
      cursors,
    });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const query = after === null ? {} : { after };
      const { body } = await operation(request(query));
      expect(body.total).toBe(60);
      seen.push(...body.items.map((incident) => incident.id));
      after = body.next;
    } while (after !== null);
    expect(seen).toEqual(all.map((incident) => incident.id));
  });
});

/** Fields with lists whose length is limited by something else than their schema. */
const limitedOtherwise: Readonly<Record<string, string>> = {
  applicationTypes: "the profiles are a fixed table",
  classes: "the rules for passwords are fixed",
  contacts: "an incident shows its latest 20",
  emailDomains: "limited where they are written",
  errors: "a file has 20 columns at most",
  incidentIds: "limited where a closure is made",
  roles: "there are three",
  rows: "a file has 1,000 rows at most",
  rules: "the rules for passwords are fixed",
  usernames: "limited where an incident is recorded",
};

describe("every list in an answer has a limit", () => {
  /** The places of lists without a limit in a schema; pages of lists have one by their query. */
  function unlimited({ type, items, properties = {}, anyOf = [], ...rest }: JsonSchema, at = ""): string[] {
    const here = type === "array" && rest.maxItems === undefined ? [at] : [];
    return [
      ...here,
      ...(items ? unlimited(items, at) : []),
      ...Object.entries(properties).flatMap(([name, part]) => unlimited(part, `${at}/${name}`)),
      ...anyOf.flatMap((part) => unlimited(part, at)),
    ];
  }

  it("in its schema, by its pages, or for a reason that is named here", () => {
    const found = routes.flatMap(([name, route]) => {
      const { schema } = route.success;
      if (!schema) return [];
      const shape = z.toJSONSchema(schema, { unrepresentable: "any", metadata: z.registry() }) as JsonSchema;
      const paged = isList(route) ? ["/items"] : [];
      const others = unlimited(shape).filter((at) => !paged.includes(at));
      return others.map((at) => ({ name, at, field: at.slice(at.lastIndexOf("/") + 1) }));
    });
    expect(found.filter(({ field }) => !(field in limitedOtherwise))).toEqual([]);
    expect([...new Set(found.map(({ field }) => field))].toSorted()).toEqual(Object.keys(limitedOtherwise));
  });
});

describe("an answer that is kept for a repeat", () => {
  it("is known of every operation that keeps one", () => {
    const kept = routes.filter(([, { idempotent }]) => idempotent).map(([name]) => name);
    expect([...Object.keys(answers), ...keptOtherwise].toSorted()).toEqual(kept.toSorted());
  });

  it.each(Object.entries(answers))("fits into an item of 400 KB at its largest: %s", (_, answer) => {
    // In JSON once, a character takes three bytes at most, and a quotation mark two.
    const text = JSON.stringify(answer()).replaceAll('\\"', "€");
    expect(Buffer.byteLength(text)).toBeLessThan(390_000);
  });
});

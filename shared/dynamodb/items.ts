import * as z from "zod/mini";
import { auditActions, auditSubjectTypes, type AuditEvent } from "../domain/audit.ts";
import type { MailState, OutboxMail } from "../domain/mail.ts";
import {
  organisationFields,
  organisationStatuses,
  profileIds,
  type Organisation,
} from "../domain/organisation.ts";
import type { KeptAnswer, LinkReference, PasswordHistory } from "../domain/ports.ts";
import { closureGrounds } from "../domain/sanction.ts";
import { accountStatuses, roles, type PasswordLink, type Session, type User } from "../domain/user.ts";
import type { StoredItem } from "./read.ts";

const text = z.string();
const textOrNull = z.nullable(text);
/** Instants are compared as text, so all need milliseconds. */
const instant = text.check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const instantOrNull = z.nullable(instant);
/** Absent while null, so that an update can set it once (`if_not_exists`). */
const instantOrAbsent = z._default(instantOrNull, null);
const count = z.int().check(z.minimum(0));

/** A stored item does not parse; it must be repaired, retrying does not help. */
export class DamagedItem extends Error {}

/** Parses stored items of one kind. An item that does not parse is our fault, not the caller's. */
export class ItemParser<T> {
  readonly #kind: string;
  readonly #schema: z.ZodMiniType<T>;

  constructor(kind: string, schema: z.ZodMiniType<T>) {
    this.#kind = kind;
    this.#schema = schema;
  }

  /** @throws DamagedItem that names the wrong attributes, without their values */
  parse(item: StoredItem): T {
    const result = z.safeParse(this.#schema, item);
    if (result.success) return result.data;
    const wrong = new Set(result.error.issues.map(({ path }) => String(path[0] ?? "item")));
    throw new DamagedItem(`A stored ${this.#kind} does not parse: ${[...wrong].join(", ")}`);
  }

  /** @throws DamagedItem as `parse` */
  parseIfAny(item: StoredItem | null): T | null {
    return item && this.parse(item);
  }
}

const passwordLink: z.ZodMiniType<PasswordLink> = z.object({
  id: text,
  requestedAt: instant,
  sentAt: instantOrAbsent,
  expiresAt: instantOrAbsent,
  state: z.enum(["open", "used", "revoked"]),
});

const session: z.ZodMiniType<Session> = z.object({
  kind: z.enum(["api", "web"]),
  startedAt: instant,
  expiresAt: instant,
  lastSeenAt: z.optional(instant),
  tokens: z.array(text),
});

const person = {
  initials: text,
  firstName: text,
  infix: textOrNull,
  lastName: text,
  email: text,
  phone: textOrNull,
  fax: textOrNull,
  memo: textOrNull,
};

export const userItems = new ItemParser<User>(
  "user",
  z.object({
    ...person,
    username: text,
    organisationId: text,
    roles: z.array(z.enum(roles)),
    status: z.enum(accountStatuses),
    remark: textOrNull,
    createdAt: instant,
    lastLoginAt: instantOrNull,
    passwordChangedAt: instantOrNull,
    passwordExpiresAt: instantOrNull,
    mailStatus: z.enum(["ok", "bounced", "complained", "unknown"]),
    passwordLink: z.nullable(passwordLink),
    sessions: z.record(text, session),
    version: count,
  }),
);

export const organisationItems = new ItemParser<Organisation>(
  "organisation",
  z.object({
    id: text,
    name: text,
    displayName: text,
    agbCode: textOrNull,
    street: textOrNull,
    houseNumber: textOrNull,
    houseNumberAddition: textOrNull,
    postalCode: textOrNull,
    city: textOrNull,
    phone: textOrNull,
    fax: textOrNull,
    email: textOrNull,
    profile: z.enum(profileIds),
    emailDomains: z.array(text),
    contactPerson: z.object({ name: text, email: text, phone: textOrNull }),
    signatory: z.object({ name: text, email: text }),
    contract: z.object({ signedOn: z.iso.date(), erai: z.boolean() }),
    status: z.enum(organisationStatuses),
    reopenedAt: instantOrAbsent,
    createdAt: instant,
    version: count,
  }),
);

/** The account that has a login name, or had it before it ended. */
export const loginNameItems = new ItemParser("login name", z.object({ organisationId: text }));

export const loginNumberItems = new ItemParser(
  "login number",
  z.object({ SK: z.pipe(text.check(z.regex(/^\d{6}$/)), z.transform(Number)) }),
);

export const keptAnswerItems = new ItemParser<KeptAnswer>(
  "kept answer",
  z.object({
    id: text,
    fingerprint: text,
    sealed: z.instanceof(Uint8Array),
    keptAt: instant,
    expiresAt: instant,
  }),
);

export const cursorSecretItems = new ItemParser(
  "cursor secret",
  z.object({ secret: z.instanceof(Uint8Array) }),
);

export const counterItems = new ItemParser("counter", z.object({ lastId: z.int().check(z.minimum(2)) }));

export const linkItems = new ItemParser<LinkReference>(
  "password link",
  z.object({ organisationId: text, username: text, linkId: text }),
);

/** Failed sign-ins, newest first, and the end of a lock; both in milliseconds since 1970. */
export const signInGuardItems = new ItemParser(
  "sign-in guard",
  z.object({ failures: z.optional(z.array(count)), lockedUntil: z.optional(count) }),
);

/** The times of counted requests in milliseconds since 1970, newest first; `asks` is the name in stored data. */
export const limitItems = new ItemParser("limit", z.object({ asks: z.array(count) }));

export const historyItems = new ItemParser<PasswordHistory>(
  "password history",
  z.object({ salt: z.instanceof(Uint8Array), hashes: z.array(z.instanceof(Uint8Array)) }),
);

export const auditItems = new ItemParser<AuditEvent>(
  "audit event",
  z.object({
    id: text,
    at: instant,
    organisationId: textOrNull,
    actor: z.nullable(z.object({ username: text, organisationId: text })),
    action: z.enum(auditActions),
    subject: z.object({ type: z.enum(auditSubjectTypes), id: text }),
    outcome: z.enum(["done", "refused"]),
    address: textOrNull,
    requestId: textOrNull,
    detail: z.record(text, z.union([text, z.number(), z.boolean(), z.array(text)])),
  }),
);

const mail = { id: text, organisationId: text, username: text, createdAt: instant };
const letterMail = {
  ...{ id: text, organisationId: text, createdAt: instant },
  to: z.object({ name: text, address: text }),
};

export const mailItems = new ItemParser<OutboxMail>(
  "mail",
  z.discriminatedUnion("template", [
    z.object({ ...mail, template: z.literal("welcome"), data: z.object({ administrator: z.boolean() }) }),
    z.object({ ...mail, template: z.literal("password-link"), data: z.object({ linkId: text }) }),
    z.object({ ...mail, template: z.literal("password-changed"), data: z.object({ changedAt: instant }) }),
    z.object({
      ...mail,
      template: z.literal("email-changed"),
      // The outbox removes it once the mail is sent.
      data: z.object({ changedAt: instant, formerAddress: z._default(textOrNull, null) }),
    }),
    z.object({
      ...mail,
      template: z.literal("organisation-changed"),
      data: z.object({ changedAt: instant, fields: z.array(z.enum(organisationFields)) }),
    }),
    z.object({
      ...mail,
      template: z.literal("misuse-involved"),
      data: z.object({ closedAt: instant, occurredOn: z.array(z.iso.date()) }),
    }),
    z.object({
      ...letterMail,
      template: z.literal("access-closed"),
      data: z.object({ closureId: text, ground: z.enum(closureGrounds), closedAt: instant }),
    }),
    z.object({
      ...letterMail,
      template: z.literal("access-reopened"),
      data: z.object({ closureId: text, reopenedAt: instant }),
    }),
    z.object({
      ...mail,
      template: z.literal("password-expires"),
      data: z.object({ expiresAt: instant, daysLeft: count }),
    }),
    z.object({
      ...mail,
      template: z.literal("account-lapses"),
      data: z.object({ since: instant, lapsesOn: z.iso.date(), daysLeft: count }),
    }),
    z.object({
      ...mail,
      template: z.literal("accounts-lapsed"),
      data: z.object({ usernames: z.array(text), count }),
    }),
    z.object({
      ...mail,
      template: z.literal("last-administrator-lapsed"),
      data: z.object({ organisationId: text, organisationName: text, lapsedOn: z.iso.date() }),
    }),
  ]),
);

export const mailStateItems = new ItemParser<{ state: MailState }>(
  "mail",
  z.object({ state: z.enum(["queued", "sent", "refused", "superseded"]) }),
);

/** A link as stored: null values are left out, so that updates can set them once. */
export function storedPasswordLink(link: PasswordLink): StoredItem {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== null));
}

export function storedUser(user: User): StoredItem {
  return { ...user, passwordLink: user.passwordLink && storedPasswordLink(user.passwordLink) };
}

import * as z from "zod/mini";
import { auditActions, auditSubjectTypes, type AuditEvent } from "../domain/audit.ts";
import { organisationStatuses, profileIds, type Organisation } from "../domain/organisation.ts";
import type { KeptAnswer } from "../domain/ports/consequences.ts";
import type { LinkReference, PasswordHistory } from "../domain/ports/passwords.ts";
import type { RefusedActs } from "../domain/refused-act.ts";
import { accountStatuses, roles, type PasswordLink, type Session, type User } from "../domain/user.ts";
import { count, instant, instantOrAbsent, instantOrNull, person, text, textOrNull } from "./attributes.ts";
import { ItemParser } from "./item-parser.ts";
import type { StoredItem } from "./read.ts";

const passwordLink: z.ZodMiniType<PasswordLink> = z.object({
  id: text,
  requestedAt: instant,
  sentAt: instantOrAbsent,
  expiresAt: instantOrAbsent,
  state: z.enum(["open", "used", "revoked"]),
  usedWith: z.optional(text),
});

const session: z.ZodMiniType<Session> = z.object({
  kind: z.enum(["api", "web"]),
  startedAt: instant,
  expiresAt: instant,
  lastSeenAt: z.optional(instant),
  tokens: z.array(text),
  tokenEnds: z.optional(z.record(text, instant)),
});

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
    undeliverable: z.optional(
      z.array(z.object({ address: text, status: z.enum(["bounced", "complained"]), changedAt: instant })),
    ),
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

/** The user who has an e-mail address. */
export const emailItems = new ItemParser("address", z.object({ organisationId: text, username: text }));

export const linkItems = new ItemParser<LinkReference>(
  "password link",
  z.object({ organisationId: text, username: text, linkId: text }),
);

/**
 * The ids of counted sign-ins; the end of a lock, and of the lock that an audit event tells of, in milliseconds since
 * 1970. The version before counted in `failures`, which end within the hour and are not read.
 */
export const signInGuardItems = new ItemParser(
  "sign-in guard",
  z.object({
    attempts: z._default(
      z.pipe(
        z.set(text),
        z.transform((ids) => [...ids]),
      ),
      [],
    ),
    lockedUntil: z.optional(count),
    recordedLock: z.optional(count),
    organisationId: z._default(z.nullable(text), null),
  }),
);

/** The times of counted requests in milliseconds since 1970, newest first. Stored items call it `asks`: do not rename. */
export const limitItems = new ItemParser("limit", z.object({ asks: z._default(z.array(count), []) }));

export const refusedActItems = new ItemParser<RefusedActs>(
  "count of refused acts",
  z.pipe(
    z.object({
      actor: z.object({ username: text, organisationId: text }),
      hour: instant,
      refused: count,
    }),
    z.transform(({ refused, ...acts }) => ({ ...acts, count: refused })),
  ),
);

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

/** A link as stored: null values are left out, so that updates can set them once. */
export function storedPasswordLink(link: PasswordLink): StoredItem {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== null));
}

export function storedUser(user: User): StoredItem {
  return { ...user, passwordLink: user.passwordLink && storedPasswordLink(user.passwordLink) };
}

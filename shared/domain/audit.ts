import type { Instant } from "./time.ts";

/** All audited acts, as `<subject>.<past participle>` (DESIGN §2, Audit; §4, audit event). */
export const auditActions = [
  "organisation.registered",
  "organisation.changed",
  "organisation.closed",
  "organisation.reopened",
  "incident.recorded",
  "contact.logged",
  "roles.changed",
  "user.created",
  "user.edited",
  "user.deleted",
  "users.exported",
  "user-import.accepted",
  "user-import.tried",
  "user.lapsed",
  "user.erased",
  "login-name.requested",
  "login-name.refused",
  "password-link.requested",
  "password-link.refused",
  "password.set",
  "password.rejected",
  "session.opened",
  "session.refused",
  "session.ended",
  "personal-data.viewed",
  "access.refused",
  "mail.bounced",
  "mail.complained",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** The kinds of things that acts are about. */
export const auditSubjectTypes = [
  "user",
  "organisation",
  "session",
  "incident",
  "closure",
  "user-import",
] as const;
export type AuditSubjectType = (typeof auditSubjectTypes)[number];

export interface AuditActor {
  readonly username: string;
  readonly organisationId: string;
}

export interface AuditEvent {
  readonly id: string;
  readonly at: Instant;
  /** The organisation whose trail has the event; null for acts on login names that do not exist. */
  readonly organisationId: string | null;
  readonly actor: AuditActor | null;
  readonly action: AuditAction;
  readonly subject: { readonly type: AuditSubjectType; readonly id: string };
  readonly outcome: "done" | "refused";
  /** The source address that API Gateway saw; null for jobs. */
  readonly address: string | null;
  readonly requestId: string | null;
  /** Further codes and ids, never a name, address, password, token or link. */
  readonly detail: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** The parts of an audit event that are known before the act: actor, source address and request id. */
export interface Origin {
  readonly actor: AuditActor | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

type Act = Pick<AuditEvent, "organisationId" | "action" | "subject" | "outcome"> &
  Partial<Pick<AuditEvent, "detail">>;

export function auditEvent(id: string, at: Instant, origin: Origin, act: Act): AuditEvent {
  return { id, at, ...origin, detail: {}, ...act };
}

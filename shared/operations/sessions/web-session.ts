import { admit, isIdle, passwordExpiry, sessionStands, type PasswordExpiry } from "../../domain/admission.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import type { SessionRepository } from "../../domain/ports/sessions.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, plusMinutes, type Clock } from "../../domain/time.ts";
import type { Session } from "../../domain/user.ts";
import { secretHash } from "../../domain/secret-hash.ts";
import type { AuthenticatePassword } from "./authenticate-password.ts";
import { openSession, type OpenSessionDependencies } from "./open-session.ts";
import { formatSessionToken, parseSessionToken } from "./session-token.ts";

interface StoreDependencies {
  readonly users: Pick<UserRepository, "findMember">;
  readonly settings: Settings;
  readonly clock: Clock;
}

export interface FindWebSessionDependencies extends StoreDependencies {
  readonly sessions: Pick<SessionRepository, "noteSeen">;
}

export interface WebSessionDependencies extends OpenSessionDependencies, StoreDependencies {
  readonly authenticate: AuthenticatePassword;
  readonly sessions: Pick<SessionRepository, "open" | "end">;
}

/** A session of the pages, with its user and the expiry of the password. */
export interface WebSession {
  readonly member: Member;
  readonly sessionId: string;
  readonly passwordExpiry: PasswordExpiry;
}

/** The last use of a session is stored at most once in this time, to save a write with every page. */
const minutesBetweenNotes = 1;

type FoundSession = WebSession & { readonly session: Session };

async function findSession(
  cookie: string,
  { users, settings, clock }: StoreDependencies,
): Promise<FoundSession | null> {
  const token = parseSessionToken(cookie);
  const member = token && (await users.findMember(token.organisationId, token.username));
  if (!member) return null;
  const now = clock();
  const sessionId = secretHash(token.secret);
  const session = member.user.sessions[sessionId];
  if (session?.kind !== "web" || !sessionStands(session, member.organisation, now)) return null;
  if (isIdle(session, now, settings)) return null;
  const expiresAt = member.user.passwordExpiresAt;
  if (!admit(member.user, member.organisation, now).admitted || expiresAt === null) return null;
  return { member, session, sessionId, passwordExpiry: passwordExpiry(expiresAt, now, settings) };
}

/** @returns null if the session ended before the write */
async function noteSeen(
  { session, sessionId, member, passwordExpiry }: FoundSession,
  { sessions, clock }: FindWebSessionDependencies,
): Promise<WebSession | null> {
  const seen = { member, sessionId, passwordExpiry };
  const at = instant(clock());
  if (plusMinutes(session.lastSeenAt ?? session.startedAt, minutesBetweenNotes) > at) return seen;
  if (!(await sessions.noteSeen(member.user, sessionId, at))) return null;
  const noted = { ...member.user.sessions, [sessionId]: { ...session, lastSeenAt: at } };
  return { ...seen, member: { ...member, user: { ...member.user, sessions: noted } } };
}

/** Finds the session of a cookie. @returns null if session, account or organisation ended or does not exist */
export function findWebSession(
  dependencies: FindWebSessionDependencies,
): (cookie: string) => Promise<WebSession | null> {
  return async (cookie) => {
    const found = await findSession(cookie, dependencies);
    return found && noteSeen(found, dependencies);
  };
}

/** Signing in to the pages and out of them, with the same admission check as for the API. */
export interface WebSessions {
  /**
   * @returns the session token as the value of a cookie, in characters that a cookie may hold (RFC 6265 §4.1.1)
   * @throws a refusal (`isSignInRefusal`), too-many-attempts, temporarily-unavailable
   */
  readonly signInToWeb: (attempt: {
    readonly username: string;
    readonly password: string;
    readonly origin: Origin;
  }) => Promise<{ readonly cookie: string; readonly passwordExpiry: PasswordExpiry }>;
  /** Ends a session; one that has ended already is no error. */
  readonly endWebSession: (cookie: string, origin: Origin) => Promise<void>;
}

/** Sessions of the pages: the browser keeps a secret in a cookie and never sees a token. */
export function webSessions(dependencies: WebSessionDependencies): WebSessions {
  const { authenticate, sessions, clock, newId } = dependencies;

  return {
    signInToWeb: async ({ origin, ...credentials }) => {
      const authenticated = await authenticate(credentials, origin);
      const { user, secret, passwordExpiry } = await openSession("web", authenticated, origin, dependencies);
      const { organisationId, username } = user;
      const cookie = formatSessionToken({ organisationId, username, secret, refreshToken: null });
      return { cookie, passwordExpiry };
    },

    endWebSession: async (cookie, origin) => {
      const session = await findSession(cookie, dependencies);
      if (!session) return;
      const { username, organisationId } = session.member.user;
      const event = auditEvent(
        newId(),
        instant(clock()),
        { ...origin, actor: { username, organisationId } },
        {
          organisationId,
          action: "session.ended",
          subject: { type: "user", id: username },
          outcome: "done",
        },
      );
      await sessions.end(session.member.user, session.sessionId, { mails: [], events: [event] });
    },
  };
}

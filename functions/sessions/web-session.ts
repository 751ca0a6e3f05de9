import { admit, passwordExpiry, sessionStands, type PasswordExpiry } from "../../shared/domain/admission.ts";
import { auditEvent, type Origin } from "../../shared/domain/audit.ts";
import type { Member, SessionRepository, UserRepository } from "../../shared/domain/ports.ts";
import { instant } from "../../shared/domain/time.ts";
import { secretHash } from "../../shared/http/authentication.ts";
import type { AuthenticatePassword } from "./authenticate-password.ts";
import { openSession, type OpenSessionDependencies } from "./open-session.ts";
import { formatSessionToken, parseSessionToken } from "./session-token.ts";

export interface WebSessionDependencies extends OpenSessionDependencies {
  readonly authenticate: AuthenticatePassword;
  readonly users: Pick<UserRepository, "findMember">;
  readonly sessions: Pick<SessionRepository, "open" | "end">;
}

/** Who is signed in on the pages, and until when the password lasts. */
export interface WebSession {
  readonly member: Member;
  readonly passwordExpiry: PasswordExpiry;
}

/** Sessions of the pages: the browser keeps a secret in a cookie and never sees a token. */
export function webSessions(dependencies: WebSessionDependencies) {
  const { authenticate, users, sessions, settings, clock, newId } = dependencies;

  async function find(cookie: string): Promise<(WebSession & { sessionId: string }) | null> {
    const token = parseSessionToken(cookie);
    const member = token && (await users.findMember(token.organisationId, token.username));
    if (!member) return null;
    const now = clock();
    const sessionId = secretHash(token.secret);
    const session = member.user.sessions[sessionId];
    if (session?.kind !== "web" || !sessionStands(session, member.organisation, now)) return null;
    const expiresAt = member.user.passwordExpiresAt;
    if (!admit(member.user, member.organisation, now).admitted || expiresAt === null) return null;
    return { member, sessionId, passwordExpiry: passwordExpiry(expiresAt, now, settings) };
  }

  return {
    /** @throws SignInRefused, TooManyAttempts, TemporarilyUnavailable */
    signInToWeb: async (attempt: {
      username: string;
      password: string;
      origin: Origin;
    }): Promise<WebSession & { cookie: string }> => {
      const { origin, ...credentials } = attempt;
      const authenticated = await authenticate(credentials, origin);
      const { user, secret, passwordExpiry } = await openSession("web", authenticated, origin, dependencies);
      const { organisationId, username } = user;
      const cookie = formatSessionToken({ organisationId, username, secret, refreshToken: null });
      return { cookie, member: { user, organisation: authenticated.organisation }, passwordExpiry };
    },

    /** Null: the session, account or organisation has ended, or never was. */
    findWebSession: async (cookie: string): Promise<WebSession | null> => find(cookie),

    /** Ends a session; one that has ended already is no error. */
    endWebSession: async (cookie: string, origin: Origin): Promise<void> => {
      const session = await find(cookie);
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

import { admit, isIdle, passwordExpiry, sessionStands, type PasswordExpiry } from "../../domain/admission.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import type { IdentityProvider } from "../../domain/ports/identity-provider.ts";
import type { CountedAttempt, SessionRepository, SignInSubject } from "../../domain/ports/sessions.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, plusMinutes, type Clock } from "../../domain/time.ts";
import type { Session, User } from "../../domain/user.ts";
import { secretHash } from "../../domain/secret-hash.ts";
import type { LinkForm, RedeemByForm } from "../passwords/redeem-by-form.ts";
import { requireAdmitted, type AuthenticatePassword } from "./authenticate-password.ts";
import type { DeviceCookies } from "./device-cookie.ts";
import { describeError, logger } from "../../runtime/logging.ts";
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
  readonly redeem: RedeemByForm;
  readonly identityProvider: Pick<IdentityProvider, "signIn">;
  readonly devices: DeviceCookies;
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

/** The cookies' values for a browser in which a user has just signed in. */
export interface SignedInToWeb {
  /** The session token, in characters that a cookie may hold (RFC 6265 §4.1.1). */
  readonly cookie: string;
  readonly deviceCookie: string;
  readonly passwordExpiry: PasswordExpiry;
}

/** Signing in to the pages and out of them, with the same admission check as for the API. */
export interface WebSessions {
  /** @throws a refusal (`isSignInRefusal`), too-many-attempts, temporarily-unavailable */
  readonly signInToWeb: (attempt: {
    readonly username: string;
    readonly password: string;
    readonly deviceCookie: string | null;
    readonly origin: Origin;
  }) => Promise<SignedInToWeb>;
  /**
   * Sets a password with a link, and goes on as after a right password. No lock is in the way, because a reader of the
   * user's mail is not the one who guesses.
   * @returns "only-set" if the password is set and the user has to sign in: a form that is sent again opens no second
   * session, and none is opened if Cognito or the admission check refuses
   * @throws link-expired, password-rejected, temporarily-unavailable
   */
  readonly setPasswordByLink: (
    form: LinkForm & { readonly deviceCookie: string | null },
  ) => Promise<SignedInToWeb | "only-set">;
  /** Ends a session; one that has ended already is no error. */
  readonly endWebSession: (cookie: string, origin: Origin) => Promise<void>;
}

/** Sessions of the pages: the browser keeps a secret in a cookie and never sees a token. */
export function webSessions(dependencies: WebSessionDependencies): WebSessions {
  const { authenticate, redeem, devices, sessions, clock, newId } = dependencies;

  async function open(
    user: User,
    subject: SignInSubject | CountedAttempt,
    { deviceCookie, origin }: { deviceCookie: string | null; origin: Origin },
  ): Promise<SignedInToWeb> {
    const { organisationId, username } = user;
    const renewed = await devices.renew(deviceCookie, username);
    const opened = await openSession("web", { user, tokens: [], subject }, origin, dependencies);
    const cookie = formatSessionToken({
      organisationId,
      username,
      secret: opened.secret,
      refreshToken: null,
    });
    return { cookie, deviceCookie: renewed, passwordExpiry: opened.passwordExpiry };
  }

  return {
    signInToWeb: async ({ username, password, ...browser }) => {
      const device = await devices.find(browser.deviceCookie, username);
      const { user, attempt } = await authenticate({ username, password, device }, browser.origin);
      return open(user, attempt, browser);
    },

    setPasswordByLink: async ({ deviceCookie, ...form }) => {
      const redeemed = await redeem(form);
      if (redeemed === "set-before") return "only-set";
      const user = await admittedUser(redeemed.user, form.password, dependencies);
      if (!user) return "only-set";
      const { username } = user;
      const device = await devices.find(deviceCookie, username);
      return open(user, { username, device }, { deviceCookie, origin: form.origin });
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

/** The account after its password was set, if Cognito and the admission check let it in with that password. */
async function admittedUser(
  { username, organisationId }: User,
  password: string,
  dependencies: WebSessionDependencies,
): Promise<User | null> {
  try {
    await dependencies.identityProvider.signIn(username, password);
    const member = await dependencies.users.findMember(organisationId, username);
    return requireAdmitted(member, dependencies.clock()).user;
  } catch (error) {
    logger.warn("a password was set, but its user not signed in", describeError(error));
    return null;
  }
}

import { DomainError, tooManyAttempts } from "../domain/errors.ts";
import type { AuditEvent } from "../domain/audit.ts";
import type { Consequences } from "../domain/ports/consequences.ts";
import { AdmissionRefused } from "../domain/ports/identity-provider.ts";
import type { SessionRepository, SignInSubject } from "../domain/ports/sessions.ts";
import { instant, type Instant } from "../domain/time.ts";
import type { Session, User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { auditWrite, consequenceWrites } from "./consequences.ts";
import { entryChanged } from "./directory-entries.ts";
import { userItems } from "./items.ts";
import { userKey } from "./keys.ts";
import { getItem } from "./read.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";
import { failuresForgotten } from "./sign-in-guard.ts";
import { commit, update, updateIf, type Write } from "./write.ts";

/** The maximum number of sessions per user, so that the user item stays small; a new one replaces the oldest. */
export const mostSessions = 20;
/** The live identity tokens of a session. A client that refreshes in time has two. */
export const mostTokens = 20;

export class DynamoSessionRepository implements SessionRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** @throws AdmissionRefused if the account ended meanwhile */
  async recordAdmission(user: User, at: Instant, event: AuditEvent): Promise<void> {
    const change = {
      Key: userKey(user),
      UpdateExpression: "SET lastLoginAt = :at",
      ConditionExpression: "#status = :active",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":at": at, ":active": "active" },
    };
    const refused = () => new AdmissionRefused();
    await commit(this.#tables, [
      update(this.#tables, change, refused),
      entryChanged(this.#tables.tableName, user, { lastLoginAt: at }),
      auditWrite(this.#tables, event),
    ]);
  }

  /**
   * Keeps at most `mostSessions`, also when several open in parallel; the oldest are removed first. The condition on
   * the password refuses a sign-in whose password was changed after it was checked.
   */
  async open(
    user: User,
    id: string,
    session: Session,
    event: AuditEvent,
    subject: SignInSubject = { username: user.username, device: null },
  ): Promise<void> {
    let current = user;
    await retrying(async (attempt) => {
      if (attempt > 1) current = await this.#stillTheSame(user);
      const { tableName } = this.#tables;
      const at = new Date(session.startedAt);
      await commit(this.#tables, [
        this.#opening(current, id, session),
        entryChanged(this.#tables.tableName, user, { lastLoginAt: session.startedAt }),
        auditWrite(this.#tables, event),
        failuresForgotten(tableName, subject, user.organisationId, at),
      ]);
    }, isTryAgain);
  }

  /** A live token is never dropped for a newer one, because a client may still use it. */
  async addToken(
    user: User,
    sessionId: string,
    { hash, expiresAt }: { readonly hash: string; readonly expiresAt: Instant },
    now: Date,
  ): Promise<void> {
    let sessions = user.sessions;
    await retrying(async (attempt) => {
      if (attempt > 1) sessions = (await this.#read(user))?.sessions ?? {};
      const session = sessions[sessionId];
      if (!session) throw new DomainError("not-authenticated");
      if (session.tokens.includes(hash)) return;
      const { tokens, tokenEnds } = liveTokens(session, now);
      const stored = await updateIf(this.#tables, {
        Key: userKey(user),
        UpdateExpression: "SET sessions.#id.tokens = :live, sessions.#id.tokenEnds = :ends",
        ConditionExpression: "sessions.#id.tokens = :tokens",
        ExpressionAttributeNames: { "#id": sessionId },
        ExpressionAttributeValues: {
          ":tokens": session.tokens,
          ":live": [...tokens, hash],
          ":ends": { ...tokenEnds, [hash]: expiresAt },
        },
      });
      if (!stored) throw new TryAgain();
    }, isTryAgain);
  }

  async noteSeen(user: User, sessionId: string, at: Instant): Promise<boolean> {
    const stored = await updateIf(this.#tables, {
      Key: userKey(user),
      UpdateExpression: "SET sessions.#id.lastSeenAt = :at",
      ConditionExpression: "attribute_exists(sessions.#id)",
      ExpressionAttributeNames: { "#id": sessionId },
      ExpressionAttributeValues: { ":at": at },
    });
    return stored !== null;
  }

  /** Ending an ended session changes nothing and adds no second audit event. */
  async end(user: User, sessionId: string, consequences: Consequences): Promise<void> {
    const alreadyEnded = new Error("The session has ended");
    const change = {
      Key: userKey(user),
      UpdateExpression: "REMOVE sessions.#id",
      ConditionExpression: "attribute_exists(sessions.#id)",
      ExpressionAttributeNames: { "#id": sessionId },
    };
    const ending = update(this.#tables, change, () => alreadyEnded);
    try {
      await commit(this.#tables, [ending, ...consequenceWrites(this.#tables, consequences)]);
    } catch (error) {
      if (error !== alreadyEnded) throw error;
    }
  }

  /** The condition: there is room already, or all sessions to remove still exist and removing them makes room. */
  #opening(user: User, id: string, session: Session): Write {
    const names = Object.fromEntries(
      sessionsToDrop(user.sessions, session.startedAt).map((dropped, index) => [`#dropped${index}`, dropped]),
    );
    const paths = Object.keys(names).map((name) => `sessions.${name}`);
    const room = ["size(sessions) < :room", ...paths.map((path) => `attribute_exists(${path})`)].join(
      " AND ",
    );
    const change = {
      Key: userKey(user),
      UpdateExpression:
        "SET sessions.#id = :session, lastLoginAt = :at" +
        (paths.length ? ` REMOVE ${paths.join(", ")}` : ""),
      ConditionExpression: `#status = :active AND passwordChangedAt = :changedAt AND (size(sessions) < :most OR (${room}))`,
      ExpressionAttributeNames: { "#status": "status", "#id": id, ...names },
      ExpressionAttributeValues: {
        ":session": session,
        ":at": session.startedAt,
        ":active": "active",
        ":changedAt": user.passwordChangedAt,
        ":most": mostSessions,
        ":room": mostSessions + paths.length,
      },
    };
    return update(this.#tables, change, () => new TryAgain());
  }

  /** @throws not-authenticated */
  async #stillTheSame(user: User): Promise<User> {
    const stored = await this.#read(user);
    if (stored?.status !== "active" || stored.passwordChangedAt !== user.passwordChangedAt) {
      throw new DomainError("not-authenticated");
    }
    return stored;
  }

  async #read(user: User): Promise<User | null> {
    return userItems.parseIfAny(await getItem(this.#tables, userKey(user)));
  }
}

/** @throws too-many-attempts if there is no room for another token */
function liveTokens(
  { tokens, tokenEnds = {} }: Session,
  now: Date,
): Required<Pick<Session, "tokens" | "tokenEnds">> {
  const at = instant(now);
  const live = tokens.filter((token) => (tokenEnds[token] ?? at) >= at);
  const ends = live.flatMap((token): [string, Instant][] => {
    const end = tokenEnds[token];
    return end === undefined ? [] : [[token, end]];
  });
  if (live.length >= mostTokens) {
    const soonest = Math.min(...ends.map(([, end]) => Date.parse(end)));
    throw tooManyAttempts((soonest - now.getTime()) / 1000);
  }
  return { tokens: live, tokenEnds: Object.fromEntries(ends) };
}

/** All ended sessions, and as many of the oldest as needed to make room for one more. */
function sessionsToDrop(sessions: User["sessions"], at: Instant): string[] {
  const oldestFirst = Object.entries(sessions).sort(([, a], [, b]) => (a.startedAt < b.startedAt ? -1 : 1));
  const ended = oldestFirst.filter(([, { expiresAt }]) => expiresAt <= at);
  const living = oldestFirst.filter(([, { expiresAt }]) => expiresAt > at);
  const surplus = living.slice(0, Math.max(0, living.length - mostSessions + 1));
  return [...ended, ...surplus].map(([id]) => id);
}

import { randomUUID } from "node:crypto";
import { DomainError, tooManyAttempts } from "../domain/errors.ts";
import { parseLoginName } from "../domain/login-name.ts";
import { managesEveryone, mayManage } from "../domain/management.ts";
import type { LinkAllowance, LinkReference, PasswordLinkRepository } from "../domain/ports/passwords.ts";
import { epochSeconds, instant, type Instant } from "../domain/time.ts";
import { isUsable, takesMail, type PasswordLink, type User } from "../domain/user.ts";
import { usable } from "./account-writes.ts";
import { anyRank, canBeMailed, organisationOpen, unprotected } from "./checks.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { linkItems, loginNameItems, storedPasswordLink, userItems } from "./items.ts";
import {
  decoyKey,
  expiryAttribute,
  loginNameKey,
  noOrganisationKey,
  passwordLinkKey,
  userKey,
} from "./keys.ts";
import {
  countRequest,
  linkLimits,
  orderedLinkLimit,
  removeExpiredRequests,
  requestTimes,
  secondsToWait,
  secondsUntilAllowed,
  type LinkLimits,
} from "./link-limits.ts";
import { getItem, getItems } from "./read.ts";
import { check, commit, putNew, update, type Write } from "./write.ts";

type LinkRequest = Parameters<PasswordLinkRepository["request"]>[0];
type Order = Parameters<PasswordLinkRepository["order"]>[0];

/** Seconds that a link's item is kept after the link has expired. */
const keptAfterExpiry = 86_400;

/** A parallel request reached the limit after the allowance was read. */
class LimitReached extends Error {}
/** The account or the organisation changed, so that no link may be sent. */
class AccountGetsNoLink extends Error {}
/** The link is no longer the newest one, or no longer open. */
class LinkNotOpen extends Error {}

export class DynamoPasswordLinkRepository implements PasswordLinkRepository {
  readonly #tables: Tables;
  readonly #settings: LinkLimits;

  constructor({ settings, ...tables }: Tables & { readonly settings: LinkLimits }) {
    this.#tables = tables;
    this.#settings = settings;
  }

  async allowance(username: string, address: string, now: Date): Promise<LinkAllowance> {
    const limits = linkLimits(username, address, this.#settings);
    const name = parseLoginName(username);
    const keys = [...limits.map(({ key }) => key), ...(name ? [loginNameKey(name)] : [])];
    const items = await getItems(this.#tables, keys);
    const retryAfterSeconds = await secondsUntilAllowed(this.#tables, limits, items, now);
    const organisationId = loginNameItems.parseIfAny(items[limits.length] ?? null)?.organisationId ?? null;
    return { allowed: retryAfterSeconds === 0, retryAfterSeconds, organisationId };
  }

  /** If the account or the organisation ended meanwhile, only counts and audit events are written. */
  async request(request: LinkRequest): Promise<void> {
    const counts = this.#countingWrites(request);
    const auditEvents = consequenceWrites(this.#tables, { ...request.consequences, mails: [] });
    const sending = request.link && [
      ...counts,
      ...this.#newestLinkWrites(request.link, request.now),
      ...consequenceWrites(this.#tables, request.consequences),
    ];
    try {
      await commit(
        this.#tables,
        sending ?? [...counts, ...this.#decoyWrites(request.now), ...auditEvents],
      ).catch(async (error: unknown) => {
        if (!(error instanceof AccountGetsNoLink)) throw error;
        await commit(this.#tables, [...counts, ...auditEvents]);
      });
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      const { retryAfterSeconds } = await this.allowance(request.username, request.address, request.now);
      throw tooManyAttempts(retryAfterSeconds);
    }
  }

  async order({ user, by, linkId, now, consequences }: Order): Promise<void> {
    const limit = orderedLinkLimit(user.username, this.#settings);
    try {
      await commit(this.#tables, [
        countRequest(this.#tables, limit, now, () => new LimitReached()),
        ...this.#newestLinkWrites({ user, linkId }, now, { by }),
        ...consequenceWrites(this.#tables, consequences),
      ]);
    } catch (error) {
      if (error instanceof AccountGetsNoLink) throw new DomainError("account-not-usable");
      if (!(error instanceof LimitReached)) throw error;
      const times = requestTimes(await getItem(this.#tables, limit.key));
      await removeExpiredRequests(this.#tables, limit.key, times, now);
      throw tooManyAttempts(secondsToWait(times, limit.most, now));
    }
  }

  async find(secretHash: string): Promise<LinkReference | null> {
    return linkItems.parseIfAny(await getItem(this.#tables, passwordLinkKey(secretHash)));
  }

  async mint(link: LinkReference, secretHash: string, at: Instant, expiresAt: Instant): Promise<boolean> {
    const { organisationId, username, linkId } = link;
    const item = {
      ...passwordLinkKey(secretHash),
      organisationId,
      username,
      linkId,
      [expiryAttribute]: epochSeconds(expiresAt) + keptAfterExpiry,
    };
    const stored = putNew(this.#tables.tableName, item, () => new Error("Two links have the same secret"));
    try {
      await commit(this.#tables, [this.#linkSent(link, at, expiresAt), stored]);
      return true;
    } catch (error) {
      if (error instanceof LinkNotOpen) return false;
      throw error;
    }
  }

  /** Writes for a login name without a recipient, as many as for one with a recipient (SECURITY 10). */
  #decoyWrites(now: Date): Write[] {
    const { tableName } = this.#tables;
    const never = () => new Error("A decoy was refused");
    const decoy = () => ({
      ...decoyKey(randomUUID()),
      filling: "-".repeat(200),
      [expiryAttribute]: epochSeconds(now) + 60,
    });
    const noOrganisation = { Key: noOrganisationKey, ConditionExpression: "attribute_not_exists(PK)" };
    return [
      putNew(tableName, decoy(), never),
      check(this.#tables, noOrganisation, never),
      putNew(tableName, decoy(), never),
    ];
  }

  #countingWrites({ username, address, now }: LinkRequest): Write[] {
    const limits = linkLimits(username, address, this.#settings);
    return limits.map((limit) => countRequest(this.#tables, limit, now, () => new LimitReached()));
  }

  /** Makes a link the user's newest one, which revokes the former, if account and organisation may sign in. */
  #newestLinkWrites(
    { user, linkId }: NonNullable<LinkRequest["link"]>,
    now: Date,
    { by }: { readonly by?: User } = {},
  ): Write[] {
    const link: PasswordLink = {
      id: linkId,
      requestedAt: instant(now),
      sentAt: null,
      expiresAt: null,
      state: "open",
    };
    const noLink = () => new AccountGetsNoLink();
    const rank = by && !managesEveryone(by) ? unprotected : anyRank;
    const change = {
      Key: userKey(user),
      UpdateExpression: "SET passwordLink = :link",
      ConditionExpression: `${usable.expression} AND ${canBeMailed.expression}${rank.condition}`,
      ExpressionAttributeNames: { "#status": "status", ...rank.names },
      ExpressionAttributeValues: {
        ":link": storedPasswordLink(link),
        ...usable.values,
        ...canBeMailed.values,
        ...rank.values,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    };
    return [
      update(this.#tables, change, (stored) => orderRefusal(userItems.parseIfAny(stored), by) ?? noLink()),
      organisationOpen(this.#tables, user.organisationId, noLink),
    ];
  }

  /** The first sending sets `sentAt`; each sending restarts the validity. */
  #linkSent(link: LinkReference, at: Instant, expiresAt: Instant): Write {
    const change = {
      Key: userKey(link),
      UpdateExpression:
        "SET passwordLink.sentAt = if_not_exists(passwordLink.sentAt, :at), passwordLink.expiresAt = :expiresAt",
      ConditionExpression: `passwordLink.id = :id AND passwordLink.#state = :open AND ${usable.expression}`,
      ExpressionAttributeNames: { "#state": "state", "#status": "status" },
      ExpressionAttributeValues: {
        ":id": link.linkId,
        ":open": "open",
        ":at": at,
        ":expiresAt": expiresAt,
        ...usable.values,
      },
    };
    return update(this.#tables, change, () => new LinkNotOpen());
  }
}

/** The refusal that an administrator gets for a link to this account, beside `account-not-usable`; null for a user's own request. */
function orderRefusal(user: User | null, by: User | undefined): DomainError | null {
  if (!user || !by) return null;
  if (!mayManage(by, user, "send-link")) return new DomainError("not-allowed");
  const bounces = isUsable(user.status) && !takesMail(user.mailStatus);
  return bounces ? new DomainError("mail-not-deliverable") : null;
}

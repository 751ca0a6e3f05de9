import { isIPv6 } from "node:net";
import { parseLoginName } from "../domain/login-name.ts";
import { comparableEmail } from "../domain/person.ts";
import { typedNameHash } from "../domain/secret-hash.ts";
import type { Settings } from "../domain/settings.ts";
import type { Tables } from "./client.ts";
import { limitItems } from "./items.ts";
import {
  expiryAttribute,
  orderedLinkLimitKey,
  otherNameLinkLimitKey,
  reminderLimitKey,
  sourceLinkLimitKey,
  userLinkLimitKey,
  type Key,
} from "./keys.ts";
import type { StoredItem } from "./read.ts";
import { update, updateIf, type Write } from "./write.ts";

export type LinkLimits = Pick<Settings, "linksPerUserPerHour" | "linksPerSourcePerHour">;

/** A counter and its maximum per hour. */
export interface Limit {
  readonly key: Key;
  readonly most: number;
}

const hour = 3_600_000;
/**
 * The most times in a limit's item, which every request writes as a whole, and which DynamoDB limits to 400 KB. Of a
 * greater limit only a sample is stored: one in so many requests, at random, so that it holds to a few per cent.
 */
const mostStored = 1000;
/** Requests for each one that is stored. */
const requestsPerStored = (most: number) => Math.ceil(most / mostStored);
/** The place of the request that has to be an hour old for another one. */
const decisivePlace = (most: number) => Math.ceil(most / requestsPerStored(most)) - 1;

/** The number of expired requests from which a limit's item is cleaned up. */
const tidyFrom = 100;

/** Login names count whether or not they exist. Text that cannot be a login name counts by its hash. */
export function linkLimits(username: string, address: string, settings: LinkLimits): [Limit, Limit] {
  const name = parseLoginName(username);
  const key = name ? userLinkLimitKey(name) : otherNameLinkLimitKey(typedNameHash(username));
  return [
    { key, most: settings.linksPerUserPerHour },
    { key: sourceLinkLimitKey(sourceOf(address)), most: settings.linksPerSourcePerHour },
  ];
}

/** E-mail addresses count by their hash, whether or not a user has them; the source's limit is the same as for links. */
export function reminderLimits(email: string, address: string, settings: LinkLimits): [Limit, Limit] {
  return [
    { key: reminderLimitKey(typedNameHash(comparableEmail(email))), most: settings.linksPerUserPerHour },
    { key: sourceLinkLimitKey(sourceOf(address)), most: settings.linksPerSourcePerHour },
  ];
}

/** The limit of links that administrators request for a user, all administrators together. */
export function orderedLinkLimit(username: string, settings: LinkLimits): Limit {
  const name = parseLoginName(username);
  if (!name) throw new Error("A link is for somebody who has a login name");
  return { key: orderedLinkLimitKey(name), most: settings.linksPerUserPerHour };
}

/** An IPv6 subscriber can use any address in a /64, so the /64 counts as one source. */
function sourceOf(address: string): string {
  const [bare = address] = address.split("%");
  if (!isIPv6(bare)) return address;
  const shortest = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [front = [], back = []] = shortest.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(8 - front.length - back.length).fill("0");
  const network = [...front, ...zeros, ...back].slice(0, 4);
  const isOfOldKind = network.every((group) => group === "0");
  return isOfOldKind ? shortest : `${network.join(":")}::/64`;
}

/** The times of past requests, newest first. */
export function requestTimes(item: StoredItem | null): number[] {
  return limitItems.parseIfAny(item)?.asks ?? [];
}

/** Seconds until the next request is allowed; 0 if it is allowed now. */
export function secondsToWait(times: readonly number[], most: number, now: Date): number {
  const oldestThatCounts = times[decisivePlace(most)] ?? 0;
  return Math.max(0, Math.ceil((oldestThatCounts + hour - now.getTime()) / 1000));
}

/**
 * Seconds until all limits allow a request; 0 if they allow it now. Expired requests are removed.
 * @param items the limits' stored items, in their order
 */
export async function secondsUntilAllowed(
  tables: Tables,
  limits: readonly Limit[],
  items: readonly (StoredItem | null)[],
  now: Date,
): Promise<number> {
  let longest = 0;
  for (const [index, { key, most }] of limits.entries()) {
    const times = requestTimes(items[index] ?? null);
    longest = Math.max(longest, secondsToWait(times, most, now));
    await removeExpiredRequests(tables, key, times, now);
  }
  return longest;
}

/**
 * Counts a request, unless the one `most` places back is less than an hour old. The condition checks the limit by
 * itself, so parallel requests cannot exceed it.
 */
export function countRequest(tables: Tables, { key, most }: Limit, now: Date, refusal: () => Error): Write {
  const at = now.getTime();
  const decisive = `asks[${decisivePlace(most)}]`;
  const stores = Math.random() * requestsPerStored(most) < 1;
  const change = {
    Key: key,
    UpdateExpression: `SET #expiry = :expiry${stores ? ", asks = list_append(:request, if_not_exists(asks, :none))" : ""}`,
    ConditionExpression: `attribute_not_exists(${decisive}) OR ${decisive} <= :hourAgo`,
    ExpressionAttributeNames: { "#expiry": expiryAttribute },
    ExpressionAttributeValues: {
      ...(stores && { ":request": [at], ":none": [] }),
      ":hourAgo": at - hour,
      ":expiry": Math.ceil((at + 2 * hour) / 1000),
    },
  };
  return update(tables, change, refusal);
}

/** Removes expired requests once there are many. If a parallel request changes the list, a later call does it. */
export async function removeExpiredRequests(
  tables: Tables,
  key: Key,
  times: readonly number[],
  now: Date,
): Promise<void> {
  const counting = times.filter((time) => time > now.getTime() - hour);
  if (times.length - counting.length < tidyFrom) return;
  await updateIf(tables, {
    Key: key,
    UpdateExpression: "SET asks = :counting",
    ConditionExpression: "asks = :times",
    ExpressionAttributeValues: { ":counting": counting, ":times": times },
  });
}

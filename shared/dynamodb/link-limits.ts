import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { parseLoginName } from "../domain/login-name.ts";
import type { Settings } from "../domain/settings.ts";
import type { Tables } from "./client.ts";
import { limitItems } from "./items.ts";
import {
  expiryAttribute,
  orderedLinkLimitKey,
  otherNameLinkLimitKey,
  sourceLinkLimitKey,
  userLinkLimitKey,
  type Key,
} from "./keys.ts";
import type { StoredItem } from "./read.ts";
import { update, updateIf, type Write } from "./write.ts";

export type LinkLimits = Pick<Settings, "linksPerUserPerHour" | "linksPerSourcePerHour">;

/** Of what is counted how many are allowed in an hour. */
export interface Limit {
  readonly key: Key;
  readonly most: number;
}

const hour = 3_600_000;
/** From how many asks that no longer count a limit's item is tidied. */
const tidyFrom = 100;

/** A login name counts whether or not anyone has it; so does what can be none, by its hash. */
export function linkLimits(username: string, address: string, settings: LinkLimits): [Limit, Limit] {
  const name = parseLoginName(username);
  const key = name ? userLinkLimitKey(name) : otherNameLinkLimitKey(hashOf(username));
  return [
    { key, most: settings.linksPerUserPerHour },
    { key: sourceLinkLimitKey(sourceOf(address)), most: settings.linksPerSourcePerHour },
  ];
}

/** Of links that others ask for on a user's behalf, whichever of them asks. */
export function orderedLinkLimit(username: string, settings: LinkLimits): Limit {
  const name = parseLoginName(username);
  if (!name) throw new Error("A link is for somebody who has a login name");
  return { key: orderedLinkLimitKey(name), most: settings.linksPerUserPerHour };
}

function hashOf(typed: string): string {
  return createHash("sha256").update(typed.trim().toLowerCase()).digest("hex");
}

/** An IPv6 subscriber has a whole /64 to choose addresses from, so that is what counts as one source. */
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

/** When each ask was, newest first. */
export function asksOf(item: StoredItem | null): number[] {
  return limitItems.parseIfAny(item)?.asks ?? [];
}

/** In how many seconds one may ask again; 0: now. */
export function secondsToWait(asks: readonly number[], most: number, now: Date): number {
  const oldestThatCounts = asks[most - 1] ?? 0;
  return Math.max(0, Math.ceil((oldestThatCounts + hour - now.getTime()) / 1000));
}

/**
 * Counts an ask, unless the one that stands `most` places back was less than an hour ago. The condition is
 * complete in itself, so that asks at the same moment need not know of each other.
 */
export function countAsk(tables: Tables, { key, most }: Limit, now: Date, refusal: () => Error): Write {
  const at = now.getTime();
  const decisive = `asks[${most - 1}]`;
  const change = {
    Key: key,
    UpdateExpression: "SET asks = list_append(:ask, if_not_exists(asks, :none)), #expiry = :expiry",
    ConditionExpression: `attribute_not_exists(${decisive}) OR ${decisive} <= :hourAgo`,
    ExpressionAttributeNames: { "#expiry": expiryAttribute },
    ExpressionAttributeValues: {
      ":ask": [at],
      ":none": [],
      ":hourAgo": at - hour,
      ":expiry": Math.ceil((at + 2 * hour) / 1000),
    },
  };
  return update(tables, change, refusal);
}

/** Forgets asks that no longer count once there are many; if another ask comes between, the next time will do. */
export async function tidyAsks(tables: Tables, key: Key, asks: readonly number[], now: Date): Promise<void> {
  const counting = asks.filter((ask) => ask > now.getTime() - hour);
  if (asks.length - counting.length < tidyFrom) return;
  await updateIf(tables, {
    Key: key,
    UpdateExpression: "SET asks = :counting",
    ConditionExpression: "asks = :asks",
    ExpressionAttributeValues: { ":counting": counting, ":asks": asks },
  });
}

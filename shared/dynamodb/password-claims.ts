import { isDeepStrictEqual } from "node:util";
import { DomainError } from "../domain/errors.ts";
import type { PasswordClaim } from "../domain/ports/passwords.ts";
import type { Instant } from "../domain/time.ts";
import { isUsable, linkState, type User } from "../domain/user.ts";
import { canBecome, statusIn, type StatusCondition } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { userItems } from "./items.ts";
import { userKey } from "./keys.ts";
import type { StoredItem } from "./read.ts";
import { update, updateIf, type Write } from "./write.ts";

/** The attribute of the user item that holds the claim while a password is being set. */
const attribute = "passwordClaim";

function stored({ linkId, at }: PasswordClaim) {
  return { linkId, at };
}

/** The account states in which a password can be set; an invited account needs a link. */
export function statusFor({ linkId }: PasswordClaim): StatusCondition {
  return linkId === null ? statusIn(["active"]) : canBecome("active");
}

/**
 * Writes a claim if the account has no other claim, the current password is still the one that the new password was
 * compared with, and the link, if there is one, can be used.
 */
export function claimTaken(tables: Tables, claim: PasswordClaim, staleBefore: Instant): Write {
  const { user, linkId, at } = claim;
  const status = statusFor(claim);
  const link = linkId === null ? noLink : openLink(linkId, at);
  const change = {
    Key: userKey(user),
    UpdateExpression: `SET ${attribute} = :claim`,
    ConditionExpression: `(attribute_not_exists(${attribute}) OR ${attribute}.#at < :stale) AND passwordChangedAt = :changedAt AND ${status.expression}${link.condition}`,
    ExpressionAttributeNames: { "#at": "at", "#status": "status", ...link.names },
    ExpressionAttributeValues: {
      ":claim": stored(claim),
      ":stale": staleBefore,
      ":changedAt": user.passwordChangedAt,
      ...status.values,
      ...link.values,
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return update(tables, change, (item) => whyNotClaimed(claim, item));
}

const noLink = { condition: "", names: {}, values: {} };

function openLink(linkId: string, at: Instant) {
  return {
    condition:
      " AND passwordLink.id = :link AND passwordLink.#state = :open AND passwordLink.expiresAt > :at",
    names: { "#state": "state" },
    values: { ":link": linkId, ":open": "open", ":at": at },
  };
}

function whyNotClaimed(claim: PasswordClaim, item: StoredItem | null): Error {
  const user = userItems.parseIfAny(item);
  const held = claimOn(item);
  if (claim.linkId === null) {
    return user?.status === "active"
      ? new DomainError("temporarily-unavailable")
      : new DomainError("not-authenticated");
  }
  const beingUsed = held?.linkId === claim.linkId;
  return user && canBeUsed(user, claim) && !beingUsed
    ? new DomainError("temporarily-unavailable")
    : new DomainError("link-expired");
}

function claimOn(item: StoredItem | null) {
  return (item?.[attribute] ?? null) as Pick<PasswordClaim, "linkId" | "at"> | null;
}

/** @returns true if the stored account has a claim that is not from before `staleBefore` */
export function hasClaim(item: StoredItem | null, staleBefore: Instant): boolean {
  const claim = claimOn(item);
  return claim !== null && claim.at >= staleBefore;
}

function canBeUsed({ status, passwordLink }: User, { linkId, at }: PasswordClaim): boolean {
  const sent = passwordLink?.id === linkId && passwordLink.expiresAt !== null;
  return sent && linkState(passwordLink, at) === "open" && isUsable(status);
}

/** Removes a claim, unless another request took it over or it was fulfilled. */
export async function claimGivenBack(tables: Tables, claim: PasswordClaim): Promise<void> {
  const { condition, values } = stillHeld(claim);
  await updateIf(tables, {
    Key: userKey(claim.user),
    UpdateExpression: `REMOVE ${attribute}`,
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
  });
}

/** Parts of an update that requires a claim and removes it. */
export function stillHeld(claim: PasswordClaim) {
  return {
    remove: attribute,
    condition: `${attribute} = :claim`,
    values: { ":claim": stored(claim) },
  };
}

/** @returns true if the stored account still has the claim, and a status in which a password can be set */
export function isHeld(claim: PasswordClaim, item: StoredItem | null): item is StoredItem {
  const status = Object.values(statusFor(claim).values) as unknown[];
  return (
    item !== null && status.includes(item["status"]) && isDeepStrictEqual(item[attribute], stored(claim))
  );
}

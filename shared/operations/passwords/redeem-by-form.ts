import { createHmac } from "node:crypto";
import { isDomainError } from "../../domain/errors.ts";
import type { Member } from "../../domain/ports/users.ts";
import { secretHash } from "../../domain/secret-hash.ts";
import { instant } from "../../domain/time.ts";
import { linkState } from "../../domain/user.ts";
import { mostLooks, pauseBetweenLooks } from "./first-sending.ts";
import { redeemLink, type RedeemDependencies, type Redemption } from "./redeem-password-link.ts";

/** The form that sets a password with a link. */
export interface LinkForm extends Omit<Redemption, "usedWith"> {
  /** Made with the form, in a hidden field. */
  readonly formKey: string;
}

export type RedeemByForm = (form: LinkForm) => Promise<Member | "set-before">;

/**
 * Sets a password with a link by our own form. A form that is sent twice is told that it worked, also while the first
 * is still being carried out: browsers show the second answer. Another form learns nothing about a used link.
 * @returns a function that returns the link's account, or "set-before"; throws like `redeemLink`
 */
export function redeemByForm(dependencies: RedeemDependencies): RedeemByForm {
  return async ({ formKey, ...form }) => {
    const usedWith = formHash(formKey, form);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await redeemLink({ ...form, usedWith }, dependencies);
      } catch (error) {
        if (!isDomainError(error, "link-expired", "password-rejected")) throw error;
        const use = await useOf(form.token, usedWith, dependencies);
        if (use === "by-this-form") return "set-before";
        // An open link was refused because the form's first sending, or another, is using it at this moment.
        const inUse = use === "not-yet" && isDomainError(error, "link-expired");
        if (!inUse || attempt === mostLooks) throw error;
        await pauseBetweenLooks();
      }
    }
  };
}

/** The link's secret is in it and is stored nowhere, so that nobody can guess the password by this hash. */
function formHash(formKey: string, { token, password }: Pick<Redemption, "token" | "password">): string {
  return createHmac("sha256", token)
    .update(JSON.stringify([formKey, password]))
    .digest("hex");
}

async function useOf(
  token: string,
  usedWith: string,
  { links, users, clock }: RedeemDependencies,
): Promise<"not-yet" | "by-this-form" | "by-another"> {
  const reference = await links.find(secretHash(token));
  const user = reference && (await users.findMember(reference.organisationId, reference.username))?.user;
  const link = user?.passwordLink;
  if (!link || link.id !== reference?.linkId) return "by-another";
  if (linkState(link, instant(clock())) === "open") return "not-yet";
  return link.state === "used" && link.usedWith === usedWith ? "by-this-form" : "by-another";
}

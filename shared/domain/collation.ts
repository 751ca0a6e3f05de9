import { lazily } from "../lazily.ts";

const dutch = lazily(() => new Intl.Collator("nl"));

/** The order of names in a Dutch list: accents and case matter only between names that are otherwise alike. */
export const inDutchOrder = (one: string, other: string): number => dutch().compare(one, other);

/** Dutch collation: accents and case matter only between names that are otherwise alike. */
const dutch = new Intl.Collator("nl");

export const inDutchOrder = (one: string, other: string): number => dutch.compare(one, other);

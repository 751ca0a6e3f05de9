/** Dutch collation; accents and case decide only between names that are otherwise equal. */
const dutch = new Intl.Collator("nl");

export const inDutchOrder = (one: string, other: string): number => dutch.compare(one, other);

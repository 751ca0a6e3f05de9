/** Every page of a list, one after the other. */
export async function all<T>(
  page: (after: {
    after?: string;
  }) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let after: { after?: string } | null = {}; after;) {
    const { items: more, next }: { readonly items: readonly T[]; readonly next: string | null } =
      await page(after);
    items.push(...more);
    after = next === null ? null : { after: next };
  }
  return items;
}

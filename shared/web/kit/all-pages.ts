interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Every page of a list, one after the other. */
export async function all<T>(load: (query: { after?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let next: string | null = null;
  do {
    const page: Page<T> = await load(next === null ? {} : { after: next });
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
}

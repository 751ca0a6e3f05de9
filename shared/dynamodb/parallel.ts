/**
 * Does something for each of many, some at a time. After a failure nothing more is begun, and what was begun
 * is waited for, so that nothing goes on behind the caller's back.
 * @throws the first failure
 */
export async function inParallel<T>(
  most: number,
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const failures: unknown[] = [];
  const work = async () => {
    for (const item of waiting) {
      if (failures.length > 0) return;
      await act(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  if (failures.length > 0) throw failures[0];
}

/** Things in groups of a number, the last of which may be smaller. */
export function inGroups<T>(size: number, items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

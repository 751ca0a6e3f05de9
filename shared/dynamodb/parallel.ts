/**
 * Runs `act` for each item, a number of items at a time. After a failure no further items are started, and the
 * running ones are awaited, so that nothing runs on after the caller got the error.
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

/** Splits items into groups of a size; the last group may be smaller. */
export function inGroups<T>(size: number, items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

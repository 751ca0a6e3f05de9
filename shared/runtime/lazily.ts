/** Makes a value at its first use and keeps it, so that init does not wait for what is slow to make. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

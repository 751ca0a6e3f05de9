/** Makes something at its first use and keeps it: for what takes long, so that init does not wait for it. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

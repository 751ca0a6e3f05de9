/** The ETag of a resource that counts its changes. */
export function entityTag({ version }: { readonly version: number }): string {
  return `"${version}"`;
}

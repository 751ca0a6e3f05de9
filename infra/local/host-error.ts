/** A failure that the user of `npm start` can act on; its message is shown without a stack. */
export class HostError extends Error {
  override readonly name = "HostError";
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

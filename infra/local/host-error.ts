/** A failure that the person at the terminal can act on: its message is a sentence, and no stack is shown. */
export class HostError extends Error {
  override readonly name = "HostError";
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

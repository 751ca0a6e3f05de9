import { randomUUID } from "node:crypto";
import type { Clock } from "../domain/time.ts";

/** The real clock and real randomness, for handlers to hand to operations. */
export const system: { readonly clock: Clock; readonly newId: () => string } = {
  clock: () => new Date(),
  newId: randomUUID,
};

import { randomUUID } from "node:crypto";
import type { Clock } from "../domain/time.ts";

/** The real clock and real random ids, which handlers pass to operations. */
export const system: { readonly clock: Clock; readonly newId: () => string } = {
  clock: () => new Date(),
  newId: randomUUID,
};

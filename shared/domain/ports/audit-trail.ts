import type { AuditEvent } from "../audit.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

export interface AuditTrail {
  /** Stores an event of an act that changes nothing else, such as a refused sign-in. */
  append(event: AuditEvent): Promise<void>;
}

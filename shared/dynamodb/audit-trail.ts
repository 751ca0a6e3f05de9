import type { AuditEvent } from "../domain/audit.ts";
import type { AuditTrail } from "../domain/ports.ts";
import type { Tables } from "./client.ts";
import { auditWrite } from "./consequences.ts";
import { commit } from "./write.ts";

export class DynamoAuditTrail implements AuditTrail {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** A transaction of one, so that a trace whose answer was lost on the way is not refused as a second. */
  async append(event: AuditEvent): Promise<void> {
    await commit(this.#tables, [auditWrite(this.#tables, event)]);
  }
}

import type { AuditEvent } from "../domain/audit.ts";
import type { AuditTrail } from "../domain/ports/audit-trail.ts";
import type { Tables } from "./client.ts";
import { auditWrite } from "./consequences.ts";
import { commit } from "./write.ts";

export class DynamoAuditTrail implements AuditTrail {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** A transaction of one write is idempotent, so a retry after a lost response does not fail as a duplicate. */
  async append(event: AuditEvent): Promise<void> {
    await commit(this.#tables, [auditWrite(this.#tables, event)]);
  }
}

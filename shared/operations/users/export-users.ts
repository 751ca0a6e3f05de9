import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { AuditTrail } from "../../domain/ports/audit-trail.ts";
import type { UserDirectory } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { csvFile } from "../kit/csv-file.ts";
import { userRepresentation } from "./user-representation.ts";
import type { CsvFile, OperationRequest, OperationResponse } from "../kit/operation.ts";
import { userColumns } from "../../texts/user-columns.ts";
import { userQuery } from "./user-query.ts";
import type { routes } from "./routes.ts";

export interface ExportUsersDependencies {
  readonly directory: Pick<UserDirectory, "all">;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}

export type ExportUsers = (
  request: OperationRequest<typeof routes.listUsers>,
) => Promise<OperationResponse<typeof routes.listUsers> & { readonly body: CsvFile }>;

/** Lambda limits responses to 6 MB, in which the body is a JSON string with the headers beside it. */
const mostBytes = 6_000_000;

/**
 * All users that a query finds, as a CSV file. The audit event holds the caller and the number of users, but not the
 * search text, which may be a name.
 * @throws export-too-large
 */
export function exportUsers({ directory, auditTrail, clock, newId }: ExportUsersDependencies): ExportUsers {
  return async ({ params, query, origin, language }) => {
    const users = await directory.all(params.id, userQuery(query));
    const now = clock();
    const rows = users.map((user) => {
      const shown = userRepresentation(user, now);
      return userColumns.map(({ value }) => value(shown));
    });
    const names = userColumns.map(({ name }) => name[language]);
    const csv = csvFile([names, ...rows]);
    if (Buffer.byteLength(JSON.stringify(csv)) > mostBytes) throw new DomainError("export-too-large");
    const { status, sort } = query;
    const detail = { count: users.length, searched: query.search !== undefined, status, sort };
    await auditTrail.append(
      auditEvent(newId(), instant(now), origin, {
        organisationId: params.id,
        action: "users.exported",
        subject: { type: "organisation", id: params.id },
        outcome: "done",
        detail,
      }),
    );
    const fileName = language === "nl" ? "gebruikers.csv" : "users.csv";
    const headers = {
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Content-Language": language,
    };
    return {
      body: { csv },
      headers,
      dataAccess: { organisationId: params.id, detail: { what: "users" } },
      audited: true,
    };
  };
}

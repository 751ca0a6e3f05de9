import { instant, type Clock } from "../../domain/time.ts";
import type { ImportProgress, UserImport, UserImportRepository } from "../../domain/user-import.ts";
import { authorise } from "../../http/authorisation.ts";
import { routes } from "../../operations/imports/routes.ts";
import { callId, type PageCall } from "../kit/page-operation.ts";

export interface ViewImportCall extends Pick<PageCall, "session"> {
  readonly organisationId: string;
  readonly formKey: string;
}

/** What is known of an import, and how far it has come. */
export type ImportStanding = Pick<UserImport, "state" | "rows"> & ImportProgress;

export interface ViewImportDependencies {
  readonly imports: Pick<UserImportRepository, "find" | "progress">;
  readonly clock: Clock;
}

/** Looks how an import stands that whoever asks has begun; those of others are not there for them. */
export function viewImport({ imports, clock }: ViewImportDependencies) {
  return async ({ session, organisationId, formKey }: ViewImportCall): Promise<ImportStanding | null> => {
    authorise(routes.importUsers.who, session.member, organisationId);
    const id = callId(routes.importUsers, { session, params: { id: organisationId }, formKey });
    const found = await imports.find(id, instant(clock()));
    return found && { state: found.state, rows: found.rows, ...(await imports.progress(found)) };
  };
}

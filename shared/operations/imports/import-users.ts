import { DomainError } from "../../domain/errors.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { UserImport, UserImportRepository } from "../../domain/user-import.ts";
import { pauseBefore } from "../../dynamodb/retry.ts";
import type { DataAccess, Operation, OperationRequest } from "../kit/operation.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { carryOutImport } from "./carry-out-import.ts";
import { doneReport, planErrors, planReport } from "./import-report.ts";
import { planImport } from "./plan-import.ts";
import type { routes } from "./routes.ts";

export interface ImportUsersDependencies {
  readonly imports: UserImportRepository;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly clock: Clock;
  readonly newId: () => string;
}

const importShown = (organisationId: string): DataAccess => ({
  organisationId,
  detail: { what: "user-import" },
});

type ImportRequest = OperationRequest<typeof routes.importUsers>;

/** Concurrent calls can take the same login names or addresses, so an import plans again, but not without end. */
const mostAttempts = 8;

/** Adds the users of a CSV file, all of them or nobody (DESIGN §4, import). */
export function importUsers(dependencies: ImportUsersDependencies): Operation<typeof routes.importUsers> {
  const plan = planImport(dependencies);
  const carryOut = carryOutImport(dependencies);
  const begin = planAndBegin(plan, dependencies);
  return async (request) => {
    const organisation = await findOrganisation(request.params.id, request.caller, dependencies);
    if (request.query.dryRun) {
      const planned = await plan(request.body, organisation);
      return { body: planReport(planned, true, request.language), dataAccess: importShown(organisation.id) };
    }
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const earlier = await earlierImport(request, dependencies);
      const userImport = earlier ?? (await begin(request, organisation));
      if (userImport && (await carryOut(userImport))) {
        // The event of the import was written by the request that began it.
        const audited = earlier === null && { audited: true as const };
        return { body: doneReport(userImport), dataAccess: importShown(organisation.id), ...audited };
      }
      await pauseBefore(attempt + 1);
    }
    throw new DomainError("temporarily-unavailable");
  };
}

/** The import that this request or an earlier one with the same key began. @throws idempotency-key-reused */
async function earlierImport(
  { repeatable }: ImportRequest,
  { imports, clock }: Pick<ImportUsersDependencies, "imports" | "clock">,
): Promise<UserImport | null> {
  if (!repeatable) return null;
  const earlier = await imports.find(repeatable.id, instant(clock()));
  if (earlier && earlier.fingerprint !== repeatable.fingerprint)
    throw new DomainError("idempotency-key-reused");
  return earlier;
}

/**
 * @returns the import, with only its journal written; null if the same request began it concurrently
 * @throws import-rejected
 */
function planAndBegin(
  plan: ReturnType<typeof planImport>,
  { imports, clock, newId }: Pick<ImportUsersDependencies, "imports" | "clock" | "newId">,
) {
  return async (request: ImportRequest, organisation: Organisation): Promise<UserImport | null> => {
    const planned = await plan(request.body, organisation);
    if (!planned.users) {
      throw new DomainError("import-rejected", {
        errors: planErrors(planned),
        members: planReport(planned, false, request.language),
      });
    }
    const userImport: UserImport = {
      id: request.repeatable?.id ?? newId(),
      organisationId: organisation.id,
      fingerprint: request.repeatable?.fingerprint ?? "",
      origin: request.origin,
      at: instant(clock()),
      state: "reserving",
      rows: planned.rows.map(({ line, username }) => ({ line, username: username ?? "" })),
    };
    return (await imports.begin(userImport, planned.users)) ? userImport : null;
  };
}

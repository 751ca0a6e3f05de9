import { auditEvent } from "../../domain/audit.ts";
import { DomainError } from "../../domain/errors.ts";
import { dryRun, mailsCaused, type HourlyLimits } from "../../domain/hourly-limit.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { UserImport, UserImportRepository } from "../../domain/user-import.ts";
import { pauseBefore } from "../../dynamodb/retry.ts";
import type { DataAccess, Operation, OperationRequest } from "../kit/operation.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { carryOutImport } from "./carry-out-import.ts";
import { doneReport, planErrors, planReport } from "./import-report.ts";
import { planImport, type ImportPlan } from "./plan-import.ts";
import type { routes } from "./routes.ts";

export interface ImportUsersDependencies {
  readonly imports: UserImportRepository;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly settings: HourlyLimits;
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
    if (organisation.status === "closed") throw new DomainError("no-new-users");
    if (request.query.dryRun) {
      const planned = await plan(request.body, organisation);
      await recordTrial(planned, request, dependencies);
      const body = planReport(planned, true, request);
      return { body, dataAccess: importShown(organisation.id), audited: true };
    }
    let mailsCounted = false;
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const earlier = await earlierImport(request, dependencies);
      const userImport: UserImport | null = earlier ?? (await begin(request, organisation, mailsCounted));
      mailsCounted ||= userImport !== null;
      if (userImport && (await carryOut(userImport))) {
        // The event of the import was written by the request that began it.
        const audited = earlier === null && { audited: true as const };
        return {
          body: doneReport(userImport, request),
          dataAccess: importShown(organisation.id),
          ...audited,
        };
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
  dependencies: Omit<ImportUsersDependencies, "organisations">,
) {
  const { imports, clock, newId, settings } = dependencies;
  return async (
    request: ImportRequest,
    organisation: Organisation,
    mailsCounted: boolean,
  ): Promise<UserImport | null> => {
    const planned = await plan(request.body, organisation);
    if (!planned.users) {
      await recordTrial(planned, request, dependencies);
      throw new DomainError("import-rejected", {
        errors: planErrors(planned),
        members: planReport(planned, false, request),
        audited: true,
      });
    }
    const now = clock();
    const userImport: UserImport = {
      id: request.repeatable?.id ?? newId(),
      organisationId: organisation.id,
      fingerprint: request.repeatable?.fingerprint ?? "",
      origin: request.origin,
      at: instant(now),
      state: "reserving",
      rows: planned.rows.map(({ line, username }) => ({ line, username: username ?? "" })),
    };
    const by = request.caller.user;
    const counted = mailsCounted ? null : mailsCaused(planned.users.length, { by, now, settings });
    return (await imports.begin(userImport, planned.users, counted)) ? userImport : null;
  };
}

/**
 * Counts and audits a file that adds nobody, before the answer says which addresses are in use. A refused import tells
 * as much as a dry run.
 * @throws too-many-attempts
 */
async function recordTrial(
  { rows }: ImportPlan,
  { params, caller, origin }: ImportRequest,
  { imports, clock, newId, settings }: Omit<ImportUsersDependencies, "organisations">,
): Promise<void> {
  const now = clock();
  const wrong = rows.filter(({ faults }) => faults.length > 0).length;
  const event = auditEvent(newId(), instant(now), origin, {
    organisationId: params.id,
    action: "user-import.tried",
    subject: { type: "organisation", id: params.id },
    outcome: "done",
    detail: { users: rows.length, wrong },
  });
  await imports.recordTrial(event, dryRun({ by: caller.user, now, settings }));
}

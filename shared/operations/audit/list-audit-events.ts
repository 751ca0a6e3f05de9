import type * as z from "zod/mini";
import type { AuditEvent } from "../../domain/audit.ts";
import { beginning, ending, type AuditQuery, type AuditReader } from "../../domain/audit-query.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { Cursors, CursorScope } from "../kit/cursor.ts";
import type { OperationRequest, Operation } from "../kit/operation.ts";
import type * as schemas from "./schemas.ts";
import { auditSentence } from "../../texts/audit-sentences.ts";
import type { Language } from "../../texts/language.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import type { routes } from "./routes.ts";

export interface ListAuditEventsDependencies {
  readonly auditReader: AuditReader;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly cursors: Pick<Cursors, "read" | "write">;
}

type AuditRequest = OperationRequest<typeof routes.listAuditEvents>;

/** The cursor carries the total of the first page, because counting reads all events. */
interface Place {
  readonly after: string;
  readonly total: number;
}

export function listAuditEvents(
  dependencies: ListAuditEventsDependencies,
): Operation<typeof routes.listAuditEvents> {
  const { auditReader, cursors } = dependencies;
  return async (request) => {
    const { params, caller } = request;
    await findOrganisation(params.id, caller, dependencies);
    const query = auditQuery(request);
    const scope: CursorScope = { list: "audit-events", ...query };
    const { limit, after } = request.query;
    const place = after === undefined ? null : parsePlace(await cursors.read(scope, after));
    const [page, total] = await Promise.all([
      auditReader.page(query, { limit, after: place?.after ?? null }),
      place?.total ?? auditReader.count(query),
    ]);
    return {
      body: {
        items: page.events.map((event) => representation(event, request.language)),
        next: page.next === null ? null : await cursors.write(scope, placeText({ after: page.next, total })),
        total,
      },
      dataAccess: { organisationId: params.id, detail: { what: "audit-events" } },
    };
  };
}

function auditQuery({ params, query }: AuditRequest): AuditQuery {
  return {
    organisationId: params.id,
    from: query.from === undefined ? null : beginning(query.from),
    before: query.to === undefined ? null : ending(query.to),
    actor: query.actor ?? null,
    subject: query.subject ?? null,
  };
}

const placeText = ({ after, total }: Place) => `${total} ${after}`;

function parsePlace(text: string): Place {
  const gap = text.indexOf(" ");
  return { total: Number(text.slice(0, gap)), after: text.slice(gap + 1) };
}

function representation(event: AuditEvent, language: Language): z.infer<typeof schemas.auditEvent> {
  const { id, at, actor, action, subject, outcome, address, requestId } = event;
  const detail = Object.fromEntries(
    Object.entries(event.detail).map(([name, value]) => [
      name,
      typeof value === "object" ? [...value] : value,
    ]),
  );
  const text = auditSentence(event, language);
  return { id, at, actor, action, subject, outcome, address, requestId, detail, text };
}

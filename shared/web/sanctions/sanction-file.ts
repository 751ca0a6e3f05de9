import { DomainError } from "../../domain/errors.ts";
import type { PageCall } from "../kit/page-operation.ts";
import { all } from "../kit/all-pages.ts";
import type { WebOperations } from "../operations.ts";
import type { ClosureRepresentation, IncidentRepresentation } from "./incidents-page.tsx";

type Call = PageCall;

/** The largest page that the list operations allow. */
const limit = "100";

/** All incidents of an organisation, the newest first, with all contacts about them, by which grounds are judged. */
export async function allIncidents(
  id: string,
  call: Call,
  operations: Pick<WebOperations, "listIncidents" | "listContacts">,
): Promise<IncidentRepresentation[]> {
  const incidents = await all(incidentsOf(id, call, operations));
  return Promise.all(incidents.map((incident) => withAllContacts(id, incident, call, operations)));
}

const incidentsOf =
  (id: string, call: Call, { listIncidents }: Pick<WebOperations, "listIncidents">) =>
  async (after: { after?: string }) =>
    (await listIncidents({ ...call, params: { id }, query: { limit, ...after } })).body;

/** An incident shows its latest contacts; the others are read only where there are more. */
async function withAllContacts(
  id: string,
  incident: IncidentRepresentation,
  call: Call,
  { listContacts }: Pick<WebOperations, "listContacts">,
): Promise<IncidentRepresentation> {
  if (incident.contactCount <= incident.contacts.length) return incident;
  const params = { id, incidentId: incident.id };
  const contacts = await all(
    async (after) => (await listContacts({ ...call, params, query: { limit, ...after } })).body,
  );
  return { ...incident, contacts };
}

/** One incident of an organisation, with its latest contacts. @throws not-found */
export async function incidentOf(
  { id, incidentId }: { readonly id: string; readonly incidentId: string },
  call: Call,
  operations: Pick<WebOperations, "listIncidents">,
): Promise<IncidentRepresentation> {
  const incident = (await all(incidentsOf(id, call, operations))).find((one) => one.id === incidentId);
  if (!incident) throw new DomainError("not-found");
  return incident;
}

/** All closures of an organisation, the newest first. */
export async function allClosures(
  id: string,
  call: Call,
  { listClosures }: Pick<WebOperations, "listClosures">,
): Promise<ClosureRepresentation[]> {
  return all(
    async (after) => (await listClosures({ ...call, params: { id }, query: { limit, ...after } })).body,
  );
}

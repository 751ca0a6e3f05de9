import type { Closure, Contact, Incident } from "../../shared/domain/sanction.ts";

/** Parts of a sanction; each can be replaced. */

export const contact = (parts: Partial<Contact> = {}): Contact => ({
  at: "2026-11-12T10:00:00.000Z",
  with: "contact-person",
  name: "Karin Bakker",
  means: "phone",
  summary: "Besproken wat er is gebeurd.",
  ...parts,
});

export const incident = (parts: Partial<Incident> = {}): Incident => ({
  id: "5f1f7a52-4f0e-4d5a-9a51-6f0f0f6e2b11",
  organisationId: "2",
  kind: "misuse",
  description: "Portero is gebruikt voor iets anders.",
  occurredOn: "2026-11-10",
  reportedBy: "Servicedesk",
  usernames: ["ftest"],
  recordedAt: "2026-11-11T09:00:00.000Z",
  recordedBy: "mvisser",
  contacts: [],
  ...parts,
});

export const closure = (parts: Partial<Closure> = {}): Closure => ({
  id: "0b6f4f35-9c1e-4a0f-8a55-3b1c58a2d7e4",
  organisationId: "2",
  ground: "misuse",
  incidentIds: ["5f1f7a52-4f0e-4d5a-9a51-6f0f0f6e2b11"],
  assessment: null,
  closedAt: "2026-11-22T13:00:00.000Z",
  closedBy: "mvisser",
  reopenedAt: null,
  reopenedBy: null,
  reopeningReason: null,
  undelivered: [],
  ...parts,
});

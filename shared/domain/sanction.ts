import type { FieldError } from "./errors.ts";
import type { CalendarDay, Instant } from "./time.ts";

/**
 * `misuse`: used wholly outside the purpose, or rights given to people who do not work there. `careless-use`:
 * for example sharing a login (DESIGN §2, Sanctions).
 */
export const incidentKinds = ["misuse", "careless-use"] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export const contactPartners = ["employee", "contact-person", "signatory"] as const;
export type ContactPartner = (typeof contactPartners)[number];

export const contactMeans = ["phone", "email", "letter", "visit"] as const;
export type ContactMeans = (typeof contactMeans)[number];

/** A contact with the organisation about an incident, and what was agreed. */
export interface Contact {
  readonly at: Instant;
  readonly with: ContactPartner;
  readonly name: string;
  readonly means: ContactMeans;
  readonly summary: string;
}

/** What happened. It is never changed or taken away: whoever wants to correct it adds to it. */
export interface Incident {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: IncidentKind;
  readonly description: string;
  readonly occurredOn: CalendarDay;
  readonly reportedBy: string;
  /** Login names of those involved, all of the organisation. */
  readonly usernames: readonly string[];
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  /** In the order in which they took place. */
  readonly contacts: readonly Contact[];
}

/** How far an incident has come; what it stands at follows from what was added to it. */
export const incidentStates = ["recorded", "contacted", "sanctioned"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** The moves an incident can make, each by an addition; there is no way back. */
export const incidentTransitions: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  recorded: ["contacted", "sanctioned"],
  contacted: ["sanctioned"],
  sanctioned: [],
};

/** @param closures all closures of the incident's organisation */
export function incidentState(
  incident: Pick<Incident, "id" | "contacts">,
  closures: readonly Pick<Closure, "incidentIds">[],
): IncidentState {
  if (closures.some(({ incidentIds }) => incidentIds.includes(incident.id))) return "sanctioned";
  return incident.contacts.length > 0 ? "contacted" : "recorded";
}

export const closureGrounds = ["misuse", "repeated-careless-use"] as const;
export type ClosureGround = (typeof closureGrounds)[number];

/** A time that access was closed, until it was reopened. */
export interface Closure {
  readonly id: string;
  readonly organisationId: string;
  readonly ground: ClosureGround;
  readonly incidentIds: readonly string[];
  /** Of the organisation's discipline, in writing. */
  readonly assessment: string | null;
  readonly closedAt: Instant;
  readonly closedBy: string;
  readonly reopenedAt: Instant | null;
  readonly reopenedBy: string | null;
  readonly reopeningReason: string | null;
}

/** What a ground asks for before access can be closed on it. */
interface GroundRule {
  readonly incidents: { readonly kind: IncidentKind; readonly least: number };
  /** With whom there must have been contact, on one at least of those incidents. */
  readonly contactWith: readonly ContactPartner[];
  readonly needsAssessment: boolean;
}

/** The grounds of DESIGN §2, Sanctions, as data. */
export const groundRules: Readonly<Record<ClosureGround, GroundRule>> = {
  misuse: {
    incidents: { kind: "misuse", least: 1 },
    contactWith: ["employee", "contact-person"],
    needsAssessment: false,
  },
  "repeated-careless-use": {
    incidents: { kind: "careless-use", least: 2 },
    contactWith: ["contact-person", "signatory"],
    needsAssessment: true,
  },
};

/** What can be missing from a closure, as the codes of its errors. */
export const missingGrounds = [
  "unknown-incident",
  "too-few-misuse-incidents",
  "too-few-careless-use-incidents",
  "no-contact-on-misuse",
  "no-contact-with-organisation",
  "no-assessment",
] as const;
export type MissingGround = (typeof missingGrounds)[number];

const tooFew: Readonly<Record<IncidentKind, MissingGround>> = {
  misuse: "too-few-misuse-incidents",
  "careless-use": "too-few-careless-use-incidents",
};
const noContact: Readonly<Record<ClosureGround, MissingGround>> = {
  misuse: "no-contact-on-misuse",
  "repeated-careless-use": "no-contact-with-organisation",
};

/**
 * Everything that a closure on a ground still lacks; nothing: it is grounded. Incidents can only be added to,
 * so a closure that is grounded once stays so.
 * @param incidents those of the organisation that the closure names, each once
 */
export function missingFor(
  ground: ClosureGround,
  incidents: readonly Pick<Incident, "kind" | "contacts">[],
  assessment: string | null,
): FieldError[] {
  const { incidents: needed, contactWith, needsAssessment } = groundRules[ground];
  const ofKind = incidents.filter(({ kind }) => kind === needed.kind);
  const contacted = ofKind.some(({ contacts }) =>
    contacts.some((contact) => contactWith.includes(contact.with)),
  );
  const missing: FieldError[] = [];
  if (ofKind.length < needed.least) {
    missing.push({ pointer: "/incidentIds", code: tooFew[needed.kind], limit: needed.least });
  }
  if (!contacted) missing.push({ pointer: "/incidentIds", code: noContact[ground] });
  if (needsAssessment && assessment === null) missing.push({ pointer: "/assessment", code: "no-assessment" });
  return missing;
}

/** The letters of a closure, each made once and kept as it went out. */
export const letterKinds = ["closing", "reopening"] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What a letter is called where it is attached or kept. */
export const letterFileNames: Readonly<Record<LetterKind, string>> = {
  closing: "brief-sluiting-toegang-portero.pdf",
  reopening: "brief-heropening-toegang-portero.pdf",
};

/** How long one can object to a closure, in weeks from the day after the letter (Awb, art. 6:7 and 6:8). */
export const objectionWeeks = 6;

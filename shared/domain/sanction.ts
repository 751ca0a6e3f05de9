import type { FieldError } from "./errors.ts";
import { calendarDay, type CalendarDay, type Instant } from "./time.ts";

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

/** A contact with the organisation about an incident, with a summary of what was agreed. */
export interface Contact {
  readonly at: Instant;
  readonly with: ContactPartner;
  readonly name: string;
  readonly means: ContactMeans;
  readonly summary: string;
}

/** A contact as it is on record. */
export interface LoggedContact extends Contact {
  readonly id: string;
}

/** An incident is never changed or removed; corrections are added as contacts. */
export interface Incident {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: IncidentKind;
  readonly description: string;
  readonly occurredOn: CalendarDay;
  readonly reportedBy: string;
  /** Login names of the users involved; all belong to the organisation. */
  readonly usernames: readonly string[];
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  /** Ordered by the time that they took place. */
  readonly contacts: readonly Contact[];
}

/** The states of an incident. They are not stored: contacts and closures decide the state. */
export const incidentStates = ["recorded", "contacted", "sanctioned"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** The allowed moves of an incident; none leads back. */
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

/** A letter that did not reach a recipient; the term for objection runs from its day. */
export interface UndeliveredLetter {
  readonly letter: LetterKind;
  readonly to: { readonly name: string; readonly address: string };
  readonly at: Instant;
  readonly verdict: "bounced" | "complained";
}

/** A closure of access, completed by its reopening. */
export interface Closure {
  readonly id: string;
  readonly organisationId: string;
  readonly ground: ClosureGround;
  readonly incidentIds: readonly string[];
  /** The written assessment of the organisation's discipline. */
  readonly assessment: string | null;
  readonly closedAt: Instant;
  readonly closedBy: string;
  readonly reopenedAt: Instant | null;
  readonly reopenedBy: string | null;
  readonly reopeningReason: string | null;
  /** In the order in which it became known. */
  readonly undelivered: readonly UndeliveredLetter[];
}

/** The conditions for closing access on a ground. */
interface GroundRule {
  readonly incidents: { readonly kind: IncidentKind; readonly least: number };
  /** At least one of those incidents needs a contact with one of these, on or after the day of the incident. */
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

/** The reasons why a closure is not grounded, as the codes of its errors. */
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
 * The conditions of a ground that are not met; an empty list means that access may be closed. Incidents are only
 * ever added to, so a ground that is met once stays met.
 * @param incidents the organisation's incidents that the closure names, without duplicates
 */
export function missingFor(
  ground: ClosureGround,
  incidents: readonly Pick<Incident, "kind" | "occurredOn" | "contacts">[],
  assessment: string | null,
): FieldError[] {
  const { incidents: needed, contactWith, needsAssessment } = groundRules[ground];
  const ofKind = incidents.filter(({ kind }) => kind === needed.kind);
  const contacted = ofKind.some((incident) =>
    incident.contacts.some((contact) => contactWith.includes(contact.with) && isAbout(contact, incident)),
  );
  const missing: FieldError[] = [];
  if (ofKind.length < needed.least) {
    missing.push({ pointer: "/incidentIds", code: tooFew[needed.kind], limit: needed.least });
  }
  if (!contacted) missing.push({ pointer: "/incidentIds", code: noContact[ground] });
  if (needsAssessment && assessment === null) missing.push({ pointer: "/assessment", code: "no-assessment" });
  return missing;
}

/** A contact from before the day of an incident cannot have been about it (DESIGN §2, Sanctions). */
function isAbout({ at }: Pick<Contact, "at">, { occurredOn }: Pick<Incident, "occurredOn">): boolean {
  return calendarDay(at) >= occurredOn;
}

/** The kinds of letters about a closure. Each letter is made once and stored as it was sent. */
export const letterKinds = ["closing", "reopening"] as const;
export type LetterKind = (typeof letterKinds)[number];

/** File names of letters, for attachments and downloads. */
export const letterFileNames: Readonly<Record<LetterKind, string>> = {
  closing: "brief-sluiting-toegang-portero.pdf",
  reopening: "brief-heropening-toegang-portero.pdf",
};

/** The time to object to a closure, in weeks from the day after the letter (Awb, art. 6:7 and 6:8). */
export const objectionWeeks = 6;

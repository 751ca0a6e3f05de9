import { describe, expect, it } from "vitest";
import {
  closureGrounds,
  contactPartners,
  incidentKinds,
  incidentState,
  incidentStates,
  incidentTransitions,
  missingFor,
  type ClosureGround,
  type ContactPartner,
  type Incident,
} from "../../../shared/domain/sanction.ts";
import { fieldErrorCodes } from "../../../shared/texts/field-errors.ts";
import { missingGrounds } from "../../../shared/domain/sanction.ts";
import { closure, contact, incident } from "../../support/sanctions.ts";

interface Case {
  readonly ground: ClosureGround;
  readonly kinds: readonly Incident["kind"][];
  /** The contact's partner, and the incident that it is about. */
  readonly contact: { readonly on: number; readonly with: ContactPartner } | null;
  readonly assessment: string | null;
}

/** All lists of up to three incidents. */
const kindLists: Incident["kind"][][] = [[]];
for (const list of kindLists) {
  if (list.length < 3) for (const kind of incidentKinds) kindLists.push([...list, kind]);
}

const cases: Case[] = closureGrounds.flatMap((ground) =>
  kindLists.flatMap((kinds) => {
    const contacts: Case["contact"][] = [null];
    for (const on of kinds.keys()) for (const one of contactPartners) contacts.push({ on, with: one });
    return contacts.flatMap((one) =>
      [null, "Niemand houdt zich aan de afspraken."].map((assessment) => ({
        ground,
        kinds,
        contact: one,
        assessment,
      })),
    );
  }),
);

/** A second implementation of the rules, from the words of DESIGN §2 and not from the data under test. */
function expected({ ground, kinds, contact: made, assessment }: Case): string[] {
  const on = made && kinds[made.on];
  if (ground === "misuse") {
    const contacted = on === "misuse" && (made?.with === "employee" || made?.with === "contact-person");
    return [
      ...(kinds.includes("misuse") ? [] : ["too-few-misuse-incidents"]),
      ...(contacted ? [] : ["no-contact-on-misuse"]),
    ];
  }
  const careless = kinds.filter((kind) => kind === "careless-use").length;
  const contacted = on === "careless-use" && made?.with !== "employee";
  return [
    ...(careless >= 2 ? [] : ["too-few-careless-use-incidents"]),
    ...(contacted ? [] : ["no-contact-with-organisation"]),
    ...(assessment === null ? ["no-assessment"] : []),
  ];
}

const incidentsOf = ({ kinds, contact: made }: Case): Incident[] =>
  kinds.map((kind, index) =>
    incident({ kind, contacts: made?.on === index ? [contact({ with: made.with })] : [] }),
  );

describe("the grounds of a closure", () => {
  it("count a contact on or after the day of the incident that it is about, by the calendar of the Netherlands", () => {
    const judged = (ground: ClosureGround, at: string, occurredOn: string) => {
      const kind = ground === "misuse" ? "misuse" : "careless-use";
      const contacts = [contact({ at, with: "contact-person" })];
      const incidents = [incident({ id: "a", kind, occurredOn, contacts }), incident({ id: "b", kind })];
      return missingFor(ground, incidents, "Niemand houdt zich aan de afspraken.").map(({ code }) => code);
    };
    const missing = {
      misuse: "no-contact-on-misuse",
      "repeated-careless-use": "no-contact-with-organisation",
    };
    for (const ground of closureGrounds) {
      expect(judged(ground, "2020-03-01T10:00:00.000Z", "2026-11-10")).toEqual([missing[ground]]);
      expect(judged(ground, "2026-11-09T22:59:59.000Z", "2026-11-10")).toEqual([missing[ground]]);
      expect(judged(ground, "2026-11-09T23:00:00.000Z", "2026-11-10")).toEqual([]);
      expect(judged(ground, "2026-07-09T22:00:00.000Z", "2026-07-10")).toEqual([]);
    }
  });

  it("count no contact that is about another incident, of a later day", () => {
    const early = incident({ id: "a", occurredOn: "2026-01-10" });
    const late = incident({
      id: "b",
      occurredOn: "2026-11-10",
      contacts: [contact({ at: "2026-02-01T10:00:00.000Z" })],
    });
    expect(missingFor("misuse", [early, late], null)).toMatchObject([{ code: "no-contact-on-misuse" }]);
  });

  it(`are checked in all ${cases.length} combinations of ground, incidents, contact and assessment`, () => {
    for (const one of cases) {
      const missing = missingFor(one.ground, incidentsOf(one), one.assessment).map(({ code }) => code);
      expect(missing, JSON.stringify(one)).toEqual(expected(one));
    }
    const grounded = cases.filter((one) => expected(one).length === 0);
    expect(grounded.length).toBeGreaterThan(0);
    expect(cases.length - grounded.length).toBeGreaterThan(200);
  });

  it("say how many incidents are needed, and which part of the request lacks them", () => {
    expect(missingFor("repeated-careless-use", [], null)).toEqual([
      { pointer: "/incidentIds", code: "too-few-careless-use-incidents", limit: 2 },
      { pointer: "/incidentIds", code: "no-contact-with-organisation" },
      { pointer: "/assessment", code: "no-assessment" },
    ]);
  });

  it("have a text for every missing ground", () => {
    expect(fieldErrorCodes).toEqual(expect.arrayContaining([...missingGrounds]));
  });
});

describe("the state of an incident", () => {
  it("follows from its contacts and closures, and never moves back", () => {
    const plain = incident();
    const contacted = incident({ contacts: [contact()] });
    expect(incidentState(plain, [])).toBe("recorded");
    expect(incidentState(contacted, [])).toBe("contacted");
    expect(incidentState(contacted, [closure({ incidentIds: [contacted.id] })])).toBe("sanctioned");
    for (const [from, to] of Object.entries(incidentTransitions)) {
      for (const state of to) {
        expect(incidentStates.indexOf(state)).toBeGreaterThan(incidentStates.indexOf(from as never));
      }
    }
  });
});

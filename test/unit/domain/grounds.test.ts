import { describe, expect, test } from "vitest";
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
  /** With whom there was contact, on which of the incidents. */
  readonly contact: { readonly on: number; readonly with: ContactPartner } | null;
  readonly assessment: string | null;
}

/** Every list of up to three incidents. */
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

/** The rules once more, in the words of DESIGN §2 and not as the data that is tested. */
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
  test(`are checked in all ${cases.length} combinations of ground, incidents, contact and assessment`, () => {
    for (const one of cases) {
      const missing = missingFor(one.ground, incidentsOf(one), one.assessment).map(({ code }) => code);
      expect(missing, JSON.stringify(one)).toEqual(expected(one));
    }
    const grounded = cases.filter((one) => expected(one).length === 0);
    expect(grounded.length).toBeGreaterThan(0);
    expect(cases.length - grounded.length).toBeGreaterThan(200);
  });

  test("say how many incidents there must be, and where in the request it is missing", () => {
    expect(missingFor("repeated-careless-use", [], null)).toEqual([
      { pointer: "/incidentIds", code: "too-few-careless-use-incidents", limit: 2 },
      { pointer: "/incidentIds", code: "no-contact-with-organisation" },
      { pointer: "/assessment", code: "no-assessment" },
    ]);
  });

  test("have words for everything that can be missing", () => {
    expect(fieldErrorCodes).toEqual(expect.arrayContaining([...missingGrounds]));
  });
});

describe("the state of an incident", () => {
  test("follows from what was added to it, and only ever moves on", () => {
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

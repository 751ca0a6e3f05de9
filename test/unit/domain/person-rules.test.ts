import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Person } from "../../../shared/domain/person.ts";
import { isPersonalAddress, personFaults } from "../../../shared/domain/person-rules.ts";
import { isPublicDomain } from "../../../shared/domain/public-domains.ts";

const person: Person = {
  ...{ initials: "F.", firstName: "Femke", infix: null, lastName: "Test" },
  ...{ email: "f.test@zorg.example", phone: null, fax: null, memo: null },
};
const faults = (parts: Partial<Person>, before: Partial<Person> | null = null) =>
  personFaults({ ...person, ...parts }, before).map(({ field, code }) => `${field} ${code}`);

describe("names go into mails in CIZ's name and carry no address (SECURITY 29)", () => {
  it.each([
    "Ga naar https://evil.example en bevestig uw wachtwoord",
    "evil.example",
    "Mail naar f@evil.example",
    "zie evil/pad",
    "evil．example",
    "evil＠elders",
    "www.evil",
    "http:\\\\evil",
  ])("%j is no name", (name) => {
    for (const field of ["firstName", "infix", "lastName"] as const)
      expect(faults({ [field]: name })).toEqual([`${field} address-in-name`]);
  });

  it.each([
    "St. Jan",
    "van der Meer",
    "O'Brien",
    "d’Hondt-Smit",
    "J. de Vries",
    "Jan P. Bakker",
    "Meer (v.d.)",
    "李",
  ])("%j is one", (name) => {
    expect(faults({ firstName: name, infix: name, lastName: name })).toEqual([]);
  });

  it("no name that passes holds what a mail program makes a link of", () => {
    const unit = fc.constantFrom("a", "b", ".", "/", "@", ":", " ", "é", "1", "-");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (lastName) => {
        fc.pre(faults({ lastName }).length === 0);
        expect(lastName).not.toMatch(/@|\/|[\p{L}\d]{2}\.[\p{L}\d]{2}/u);
      }),
    );
  });

  it("what was there before stays until it is changed", () => {
    const before = { ...person, initials: "Femke", lastName: "oud.example" };
    expect(faults({ ...before, firstName: "Anna" }, before)).toEqual([]);
    expect(faults({ ...before, lastName: "nieuw.example" }, before)).toEqual(["lastName address-in-name"]);
    expect(faults({ ...before, initials: "Femkes" }, before)).toEqual(["initials initials"]);
  });
});

describe("initials", () => {
  it.each(["F.", "F", "J.P.Th.", "Chr.Joh.", "A.C.", "A C", "Ö.", "IJ.", "J.-P.", "李"])(
    "%s are some",
    (initials) => {
      expect(faults({ initials })).toEqual([]);
    },
  );

  it.each(["Femke", "evil.example", "F@", "F/", "1.", "..."])("%s are none", (initials) => {
    expect(faults({ initials })).toContain("initials initials");
  });
});

describe("an account's address is one person's own", () => {
  it.each([
    "info",
    "Receptie",
    "planning2",
    "zorg-team",
    "hr",
    "no-reply",
    "zorg.administratie",
    "administratie_2",
    "TEAM.ZORG1",
  ])("%s@… is not", (local) => {
    expect(isPersonalAddress(`${local}@zorg.example`)).toBe(false);
  });

  it.each(["f.test", "j.zorg", "p&o", "zorgmans", "infante", "team.jansen", "a.balie", "x1", "99"])(
    "%s@… is",
    (local) => {
      expect(isPersonalAddress(`${local}@info.example`)).toBe(true);
    },
  );
});

describe("domains of public providers", () => {
  it.each(["gmail.com", "GMAIL.com", "mail.hotmail.nl", "ziggo.nl", "icloud.com"])("%s is one", (domain) => {
    expect(isPublicDomain(domain)).toBe(true);
  });

  it.each(["zorg.example", "notgmail.com", "gmail.com.example", "nl", "com"])("%s is none", (domain) => {
    expect(isPublicDomain(domain)).toBe(false);
  });
});

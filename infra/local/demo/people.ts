import type { Role } from "../../../shared/domain/user.ts";
import type { OrganisationData } from "../../../shared/domain/organisation.ts";

/** The special situation of a demonstration account (DESIGN §6). */
export type Situation = "password-expired" | "password-expires-soon" | "unused" | "bounced";

export interface DemoPerson {
  readonly initials: string;
  readonly firstName: string;
  readonly infix?: string;
  readonly lastName: string;
  readonly phone?: string;
  readonly memo?: string;
  readonly roles?: readonly Role[];
  readonly situation?: Situation;
  /** The person has not set a password yet. */
  readonly invited?: boolean;
  /** Days since the last sign-in; 1 if absent. */
  readonly lastSignInDaysAgo?: number;
}

export interface DemoOrganisation {
  /** The domain of all e-mail addresses. */
  readonly domain: string;
  readonly data: Omit<OrganisationData, "displayName" | "emailDomains" | "contract"> & {
    displayName?: string;
    signedOn: string;
  };
  readonly people: readonly DemoPerson[];
}

/** CIZ's people besides the first contract manager, whom bootstrap makes. */
export const operatorColleagues: readonly DemoPerson[] = [
  { initials: "S.", firstName: "Samira", infix: "el", lastName: "Idrissi", roles: ["service-desk"] },
];

const address = (street: string, houseNumber: string, postalCode: string, city: string) => ({
  street,
  houseNumber,
  houseNumberAddition: null,
  postalCode,
  city,
});

const contact = (name: string, email: string, phone: string) => ({ name, email, phone });

/** All organisations, people, AGB codes and telephone numbers are invented. */
export const organisations: readonly DemoOrganisation[] = [
  {
    domain: "dezonnehof.example",
    data: {
      name: "Stichting Zorgcentrum De Zonnehof",
      displayName: "De Zonnehof",
      agbCode: "47471234",
      ...address("Kastanjelaan", "12", "3513 AB", "Utrecht"),
      phone: "030 555 01 20",
      fax: "030 555 01 21",
      email: "info@dezonnehof.example",
      profile: "basisplus",
      contactPerson: contact("Karin Bakker", "k.bakker@dezonnehof.example", "030 555 01 22"),
      signatory: { name: "Hendrik Willem Prins", email: "h.prins@dezonnehof.example" },
      signedOn: "2025-03-14",
    },
    people: [
      {
        initials: "K.",
        firstName: "Karin",
        lastName: "Bakker",
        roles: ["organisation-admin"],
        lastSignInDaysAgo: 1,
      },
      {
        initials: "A.C.",
        firstName: "Anneke",
        infix: "van der",
        lastName: "Meer",
        roles: ["organisation-admin"],
        lastSignInDaysAgo: 9,
      },
      { initials: "Ö.", firstName: "Özlem", lastName: "Çelik", lastSignInDaysAgo: 2, phone: "06 555 012 34" },
      {
        initials: "J.",
        firstName: "Jan",
        infix: "de",
        lastName: "Vries",
        situation: "password-expired",
        lastSignInDaysAgo: 101,
      },
      {
        initials: "P.",
        firstName: "Petra",
        lastName: "Jansen",
        situation: "password-expires-soon",
        lastSignInDaysAgo: 4,
      },
      {
        initials: "R.",
        firstName: "Ruud",
        lastName: "Hoekstra",
        situation: "unused",
        lastSignInDaysAgo: 215,
      },
      {
        initials: "L.",
        firstName: "Lotte",
        infix: "van",
        lastName: "Dijk",
        situation: "bounced",
        lastSignInDaysAgo: 20,
      },
      {
        initials: "J.",
        firstName: "Joris",
        infix: "de",
        lastName: "Vries",
        lastSignInDaysAgo: 13,
        memo: "Werkt op dinsdag en donderdag.",
      },
      { initials: "N.", firstName: "Naomi", lastName: "Strauß", invited: true },
    ],
  },
  {
    domain: "thuiszorgdelinde.example",
    data: {
      name: "Thuiszorg De Linde B.V.",
      agbCode: "75751122",
      ...address("Dorpsstraat", "101", "7411 KS", "Deventer"),
      phone: "0570 555 300",
      fax: null,
      email: "kantoor@thuiszorgdelinde.example",
      profile: "volledig",
      contactPerson: contact("Fatima Amrani", "f.amrani@thuiszorgdelinde.example", "0570 555 301"),
      signatory: { name: "Bram Visser", email: "b.visser@thuiszorgdelinde.example" },
      signedOn: "2024-11-01",
    },
    people: [
      {
        initials: "F.",
        firstName: "Fatima",
        lastName: "Amrani",
        roles: ["organisation-admin"],
        lastSignInDaysAgo: 3,
      },
      { initials: "B.", firstName: "Bram", lastName: "Visser", lastSignInDaysAgo: 30 },
      { initials: "M.J.", firstName: "Marie-José", lastName: "Peeters", lastSignInDaysAgo: 6 },
      { initials: "T.", firstName: "Thijs", infix: "in 't", lastName: "Veld", invited: true },
    ],
  },
  {
    domain: "ggzmeerzicht.example",
    data: {
      name: "GGZ Meerzicht",
      agbCode: null,
      ...address("Havenkade", "7", "8232 JR", "Lelystad"),
      houseNumberAddition: "B",
      phone: "0320 555 770",
      fax: null,
      email: "secretariaat@ggzmeerzicht.example",
      profile: "basis-wel-id",
      contactPerson: contact("Ingrid Nijhuis", "i.nijhuis@ggzmeerzicht.example", "0320 555 771"),
      signatory: { name: "Dr. Wim Smeets", email: "w.smeets@ggzmeerzicht.example" },
      signedOn: "2026-02-20",
    },
    people: [
      {
        initials: "I.",
        firstName: "Ingrid",
        lastName: "Nijhuis",
        roles: ["organisation-admin"],
        lastSignInDaysAgo: 12,
      },
      { initials: "D.", firstName: "Dewi", lastName: "Tan", lastSignInDaysAgo: 45 },
      { initials: "W.", firstName: "Wim", lastName: "Smeets", lastSignInDaysAgo: 70 },
    ],
  },
];

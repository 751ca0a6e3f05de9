import { newAccount } from "../../shared/domain/account.ts";
import type { Organisation } from "../../shared/domain/organisation.ts";
import type { Person } from "../../shared/domain/person.ts";
import type { User } from "../../shared/domain/user.ts";

/** Entities for tests; each part can be replaced. */

export const person = (parts: Partial<Person> = {}): Person => ({
  initials: "F.",
  firstName: "Femke",
  infix: null,
  lastName: "Test",
  email: "femke.test@zorg.example",
  phone: null,
  fax: null,
  memo: null,
  ...parts,
});

/** An active user whose password ends in 2027. */
export const user = (parts: Partial<User> = {}): User => ({
  ...newAccount({
    person: person(),
    username: "ftest",
    organisationId: "2",
    roles: [],
    createdAt: "2026-01-01T09:00:00.000Z",
  }),
  status: "active",
  passwordChangedAt: "2026-11-01T09:00:00.000Z",
  passwordExpiresAt: "2027-02-01T09:00:00.000Z",
  ...parts,
});

export const organisation = (parts: Partial<Organisation> = {}): Organisation => ({
  id: "2",
  name: "Zorg Voorbeeld",
  displayName: "Zorg Voorbeeld",
  agbCode: "47470001",
  street: null,
  houseNumber: null,
  houseNumberAddition: null,
  postalCode: null,
  city: null,
  phone: null,
  fax: null,
  email: null,
  profile: "basis",
  emailDomains: [],
  contactPerson: { name: "Karin Bakker", email: "k.bakker@zorg.example", phone: null },
  signatory: { name: "Hendrik Prins", email: "h.prins@zorg.example" },
  contract: { signedOn: "2026-01-01", erai: false },
  status: "open",
  reopenedAt: null,
  createdAt: "2026-01-01T09:00:00.000Z",
  version: 1,
  ...parts,
});

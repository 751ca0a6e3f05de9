import { newPerson, type Stack } from "./stack.ts";

/** An organisation of a test's own, with an administrator and a user who have passwords. */
export interface CareOrganisation {
  readonly id: string;
  readonly name: string;
  readonly signatory: { readonly name: string; readonly email: string };
  readonly contactPerson: { readonly name: string; readonly email: string };
  readonly administrator: Person;
  readonly user: Person;
}

export interface Person {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

let serial = 0;
const run = Math.random().toString(36).slice(2, 8);
const password = "Zonnebloem-17?";

/** Registers it by the interface; the people set their passwords by the links in their mails. */
export async function registerCareOrganisation(
  stack: Stack,
  manager: string,
  parts: Record<string, unknown> = {},
): Promise<CareOrganisation> {
  serial += 1;
  const domain = `zorg-${run}-${serial}.example`;
  const name = `Zorgcentrum ${run} ${serial}`;
  const signatory = { name: "Hendrik Prins", email: `h.prins@${domain}` };
  const contactPerson = { name: "Karin Bakker", email: `k.bakker@${domain}` };
  const person = newPerson({ email: `beheer@${domain}` });
  const body = {
    ...{ name, signatory, contactPerson, administrator: person, profile: "basis", emailDomains: [domain] },
    ...{ street: "Lindelaan", houseNumber: "12", postalCode: "3512 AB", city: "Utrecht" },
    contract: { signedOn: "2026-01-05" },
    ...parts,
  };
  const registered = await stack.call("POST", "/v1/organisations", { token: manager, body });
  if (registered.status !== 201) throw new Error(`registering failed: ${JSON.stringify(registered.body)}`);
  const id = registered.body.organisation.id as string;
  const administrator = {
    username: registered.body.administrator.username as string,
    email: person.email,
    password,
  };
  const colleague = newPerson({ email: `medewerker@${domain}` });
  const added = await stack.call("POST", `/v1/organisations/${id}/users`, {
    token: manager,
    body: colleague,
  });
  if (added.status !== 201) throw new Error(`adding failed: ${JSON.stringify(added.body)}`);
  const user = { username: added.body.username as string, email: colleague.email, password };
  for (const one of [administrator, user]) {
    await stack.waitForMails(one.email, 1);
    await stack.givePassword(one.username, one.email, password);
  }
  return { id, name, signatory, contactPerson, administrator, user };
}

import { newPerson, type Stack } from "./stack.ts";

/** A test's own organisation, with an administrator and a user who both have passwords. */
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

/** A new organisation, whose administrator has no password yet. */
export interface RegisteredOrganisation extends Pick<
  CareOrganisation,
  "id" | "name" | "signatory" | "contactPerson"
> {
  /** The domain of its users' e-mail addresses. */
  readonly domain: string;
  readonly administrator: Pick<Person, "username" | "email">;
}

/** Registers it through the API. */
export async function registerOrganisation(
  stack: Stack,
  manager: string,
  parts: Record<string, unknown> = {},
): Promise<RegisteredOrganisation> {
  serial += 1;
  const domain = `zorg-${run}-${serial}.example`;
  const body = {
    name: `Zorgcentrum ${run} ${serial}`,
    profile: "basis",
    emailDomains: [domain],
    street: "Lindelaan",
    houseNumber: "12",
    postalCode: "3512 AB",
    city: "Utrecht",
    contract: { signedOn: "2026-01-05" },
    signatory: { name: "Hendrik Prins", email: `h.prins@${domain}` },
    contactPerson: { name: "Karin Bakker", email: `k.bakker@${domain}` },
    administrator: newPerson({ email: `beheer@${domain}` }),
    ...parts,
  };
  const registered = await stack.call("POST", "/v1/organisations", { token: manager, body });
  if (registered.status !== 201) throw new Error(`registering failed: ${JSON.stringify(registered.body)}`);
  const { name, signatory, contactPerson, administrator } = body;
  const id = registered.body.organisation.id as string;
  const username = registered.body.administrator.username as string;
  return { id, name, signatory, contactPerson, domain, administrator: { ...administrator, username } };
}

/** Registers it and adds a user; both set their passwords with the links in their mails. */
export async function registerCareOrganisation(
  stack: Stack,
  manager: string,
  parts: Record<string, unknown> = {},
): Promise<CareOrganisation> {
  const { domain, ...registered } = await registerOrganisation(stack, manager, parts);
  const { id } = registered;
  const colleague = newPerson({ email: `medewerker@${domain}` });
  const added = await stack.call("POST", `/v1/organisations/${id}/users`, {
    token: manager,
    body: colleague,
  });
  if (added.status !== 201) throw new Error(`adding failed: ${JSON.stringify(added.body)}`);
  const administrator = { ...registered.administrator, password };
  const user = { username: added.body.username as string, email: colleague.email, password };
  for (const one of [administrator, user]) {
    await stack.waitForMails(one.email, 1);
    await stack.givePassword(one.username, one.email, password);
  }
  return { ...registered, administrator, user };
}

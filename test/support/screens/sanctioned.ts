import { registerOrganisation } from "../care-organisation.ts";
import { newPerson, type Answer, type Stack } from "../stack.ts";
import type { Visit } from "./visitor.ts";

/** An organisation with an incident of misuse, which is a ground to close, and one of careless use. */
export interface SanctionedOrganisation {
  readonly id: string;
  /** The id of the incident of misuse. */
  readonly incidentId: string;
}

type Visited = Pick<Visit, "stack" | "account">;

const millisecondsInADay = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(Date.now() - days * millisecondsInADay).toISOString();

/** Users other than those of the README's walk, which uses the same stack. */
const people = {
  signatory: { name: "Henk Zijlstra", email: "h.zijlstra@devuurtoren.example" },
  contactPerson: { name: "Loes Kuiper", email: "l.kuiper@devuurtoren.example" },
};

const tokens = new WeakMap<Stack, Promise<string>>();

/** One sign-in for all screens: too many sessions would end the oldest, which is the browser's. */
function tokenOf({ stack, account }: Visited): Promise<string> {
  const token = tokens.get(stack) ?? stack.tokenOf(account);
  tokens.set(stack, token);
  return token;
}

/** Calls the API as the signed-in user. */
async function post(visit: Visited, path: string, body: unknown): Promise<Answer["body"]> {
  const token = await tokenOf(visit);
  const answer = await visit.stack.call("POST", `/v1/organisations/${path}`, { token, body });
  if (answer.status !== 201) throw new Error(`POST ${path} failed: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Registers it and records two incidents, a contact about one of them, and a correction. */
export async function withMisuse(visit: Visited): Promise<SanctionedOrganisation> {
  const { email } = newPerson();
  const administrator = { initials: "L.", firstName: "Loes", lastName: "Kuiper", email };
  const { id, administrator: first } = await registerOrganisation(visit.stack, await tokenOf(visit), {
    name: "Woonzorg De Vuurtoren",
    emailDomains: [email.slice(email.indexOf("@") + 1)],
    ...people,
    administrator,
  });
  await post(visit, `${id}/incidents`, {
    kind: "careless-use",
    occurredOn: ago(12).slice(0, 10),
    reportedBy: "Servicedesk",
    description: "Twee collega's van de nachtdienst gebruiken samen één inlognaam.",
  });
  const misuse = await post(visit, `${id}/incidents`, {
    kind: "misuse",
    occurredOn: ago(5).slice(0, 10),
    reportedBy: "Medewerker van het zorgkantoor",
    description: "Iemand die er niet meer werkt, heeft een account gekregen en daarmee aanvragen bekeken.",
    usernames: [first.username],
  });
  const contacts = `${id}/incidents/${misuse.id as string}/contacts`;
  const contact = { with: "contact-person", name: people.contactPerson.name, means: "phone" };
  await post(visit, contacts, {
    ...contact,
    at: ago(2),
    summary: "Besproken wat er is gebeurd. Het account is dezelfde dag verwijderd.",
  });
  await post(visit, contacts, {
    ...contact,
    at: ago(1),
    means: "email",
    summary: "Verbetering: het account is niet dezelfde dag verwijderd, maar een dag later.",
  });
  return { id, incidentId: misuse.id as string };
}

/** Registers it and closes its access on the ground of misuse. */
export async function withAccessClosed(visit: Visited): Promise<SanctionedOrganisation> {
  const organisation = await withMisuse(visit);
  const { id, incidentId } = organisation;
  await post(visit, `${id}/closures`, { ground: "misuse", incidentIds: [incidentId] });
  return organisation;
}

import type { Person } from "./person.ts";

/** A rule that a person's data breaks, and the field that breaks it. */
export interface PersonFault {
  readonly field: "initials" | "firstName" | "infix" | "lastName";
  readonly code: "address-in-name" | "initials";
}

/** Full-width forms look like the characters themselves, and some programs read them as such. */
const plain = (text: string) => text.normalize("NFKC");

/** A mail or web address, or something that a mail program would make a link of. `St. Jan` is none. */
const address = /[@/\\]|[\p{L}\p{N}-]{2,}\.[\p{L}\p{N}]{2,}/u;

const initialsPart = /^(?:\p{L}\p{M}*){1,4}$/u;

function areInitials(text: string): boolean {
  const parts = plain(text)
    .split(/[.\s\-'’]+/u)
    .filter((part) => part !== "");
  return parts.length > 0 && parts.every((part) => initialsPart.test(part));
}

/**
 * The rules on names, which go into mails in CIZ's name and must carry no text or link of somebody else's (DESIGN §2, A
 * user; SECURITY 29). They bind new values: what is the same as before stays as it is.
 * @param before the data before the change; null for a new person
 */
export function personFaults(person: Person, before: Partial<Person> | null): PersonFault[] {
  const isNew = (field: PersonFault["field"]) => person[field] !== before?.[field];
  const names = (["firstName", "infix", "lastName"] as const)
    .filter((field) => isNew(field) && address.test(plain(person[field] ?? "")))
    .map((field): PersonFault => ({ field, code: "address-in-name" }));
  const initials: PersonFault[] =
    isNew("initials") && !areInitials(person.initials) ? [{ field: "initials", code: "initials" }] : [];
  return [...initials, ...names];
}

/** Local parts, or words of one, that name a function and nobody. */
const functions = new Set(
  `aanmelden aanmelding aanmeldingen aanvragen aanvraag abuse administratie afdeling afspraken algemeen
  applicatiebeheer avg backoffice balie bedrijfsbureau bestuur bestuurssecretariaat boekhouding bureau centrale
  clienten clientadministratie clientenadministratie clientenraad communicatie contact contactcenter contracten
  crediteuren debiteuren directie dienst documentatie donotreply email facilitair facturatie facturen factuur fg
  finance financien frontoffice functioneelbeheer helpdesk hostmaster hr hrm ict indicatie indicaties
  indicatiestelling info informatie inkoop inschrijving instroom intake jobs kantoor klachten klachtenfunctionaris
  klantcontact klantenservice klantenbureau kwaliteit leerlingen locatie loket mail mailbox management marketing
  meldpunt meldingen nieuws noreply office ondersteuning opleiding opleidingen opname patientenadministratie
  personeel personeelszaken pers planning portaal portero post postmaster postvak privacy projecten pz receptie
  redactie regie register rooster roosters salaris salarisadministratie secretariaat security service
  servicebureau servicecentrum servicedesk sales shared staf stage support systeembeheer team teams
  technischedienst telefonie thuiszorg toewijzing vacatures verkoop verpleging verzending vrijwilligers wachtlijst
  wachtlijstbeheer webmaster werkenbij wijkteam wijkverpleging wijkzorg wlz wmo zorg zorgadministratie zorgadvies
  zorgbemiddelaar zorgbemiddeling zorgbureau zorgcentrale zorgconsulent zorgkantoor zorgloket zorgtoewijzing`.split(
    /\s+/,
  ),
);

/**
 * True if an address can be a person's own: its local part has a word that names no function (`j.zorg@…`, not
 * `zorg-team2@…`).
 */
export function isPersonalAddress(email: string): boolean {
  const local = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  const words = local.split(/[^\p{L}]+/u).filter((word) => word !== "");
  const isFunction = words.length > 0 && words.every((word) => functions.has(word));
  return !isFunction && !functions.has(words.join(""));
}

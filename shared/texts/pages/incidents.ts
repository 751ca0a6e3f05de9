import type { ContactMeans, ContactPartner, IncidentKind, IncidentState } from "../../domain/sanction.ts";
import { translated } from "../language.ts";

const kinds = translated<Record<IncidentKind, string>>({
  nl: { misuse: "Misbruik", "careless-use": "Onzorgvuldig gebruik" },
  en: { misuse: "Misuse", "careless-use": "Careless use" },
});

const kindMeanings = translated<Record<IncidentKind, string>>({
  nl: {
    misuse:
      "Portero is gebruikt voor iets heel anders dan waarvoor het is, of iemand die er niet werkt heeft rechten gekregen.",
    "careless-use": "Bijvoorbeeld: mensen delen een inlognaam en wachtwoord.",
  },
  en: {
    misuse:
      "Portero was used for something wholly different from what it is for, or rights were given to someone who does not work there.",
    "careless-use": "For example: people share a user name and password.",
  },
});

const states = translated<Record<IncidentState, string>>({
  nl: {
    recorded: "nog geen contact",
    contacted: "contact vastgelegd",
    sanctioned: "grond voor een sluiting",
  },
  en: { recorded: "no contact yet", contacted: "contact on record", sanctioned: "grounds for a closure" },
});

const partners = translated<Record<ContactPartner, string>>({
  nl: { employee: "Medewerker", "contact-person": "Contactpersoon", signatory: "Tekenbevoegde" },
  en: { employee: "Employee", "contact-person": "Contact person", signatory: "Signatory" },
});

const means = translated<Record<ContactMeans, string>>({
  nl: { phone: "Telefoon", email: "E-mail", letter: "Brief", visit: "Bezoek" },
  en: { phone: "Telephone", email: "E-mail", letter: "Letter", visit: "Visit" },
});

/** The list of incidents, with the contacts about them. */
export const incidentsTexts = translated({
  nl: {
    title: "Incidenten",
    intro:
      "Wat hier staat, verandert niet meer. Wilt u iets verbeteren? Leg dan een contact vast met de verbetering.",
    none: "Er zijn geen incidenten vastgelegd bij deze organisatie.",
    count: (total: number) => (total === 1 ? "1 incident" : `${total} incidenten`),
    record: "Incident vastleggen",
    logContact: "Contact vastleggen",
    about: (kind: string, day: string) => ` over ${kind} op ${day}`,
    toAccess: "Bekijk wat er nodig is om de toegang te sluiten",
    kinds: kinds.nl,
    states: states.nl,
    partners: partners.nl,
    means: means.nl,
    heading: (kind: string, day: string) => `${kind} op ${day}`,
    reportedBy: "Gemeld door",
    usernames: "Betrokken gebruikers",
    noUsers: "niemand genoemd",
    recorded: "Vastgelegd",
    recordedBy: (at: string, by: string) => `${at} door ${by}`,
    contacts: "Contacten",
    noContacts: "Er is nog geen contact vastgelegd.",
    latestContacts: (shown: number, total: number) => `De laatste ${shown} van ${total} contacten.`,
    allContacts: "Alle contacten",
    contact: ({ at, partner, name, by }: ContactWords) => `${at}: ${partner} ${name}, ${by.toLowerCase()}`,
    recordedNotice: "Het incident is vastgelegd. Leg daarna ook vast met wie u contact had.",
    loggedNotice: "Het contact is vastgelegd.",
  },
  en: {
    title: "Incidents",
    intro:
      "What is on record here can no longer be changed. Do you want to correct something? Then log a contact with the correction.",
    none: "No incidents are on record for this organisation.",
    count: (total: number) => (total === 1 ? "1 incident" : `${total} incidents`),
    record: "Record an incident",
    logContact: "Log a contact",
    about: (kind: string, day: string) => ` about ${kind} on ${day}`,
    toAccess: "See what it takes to close access",
    kinds: kinds.en,
    states: states.en,
    partners: partners.en,
    means: means.en,
    heading: (kind: string, day: string) => `${kind} on ${day}`,
    reportedBy: "Reported by",
    usernames: "Users involved",
    noUsers: "nobody named",
    recorded: "Recorded",
    recordedBy: (at: string, by: string) => `${at} by ${by}`,
    contacts: "Contacts",
    noContacts: "No contact is on record yet.",
    latestContacts: (shown: number, total: number) => `The latest ${shown} of ${total} contacts.`,
    allContacts: "All contacts",
    contact: ({ at, partner, name, by }: ContactWords) => `${at}: ${partner} ${name}, ${by.toLowerCase()}`,
    recordedNotice: "The incident is on record. Next, log with whom you were in contact.",
    loggedNotice: "The contact is on record.",
  },
});

/** All contacts about one incident. */
export const contactsTexts = translated({
  nl: {
    title: "Contacten over een incident",
    count: (total: number) => (total === 1 ? "1 contact, " : `${total} contacten, `) + "het laatste eerst.",
    back: "Terug naar de incidenten",
  },
  en: {
    title: "Contacts about an incident",
    count: (total: number) => (total === 1 ? "1 contact, " : `${total} contacts, `) + "the latest first.",
    back: "Back to the incidents",
  },
});

interface ContactWords {
  readonly at: string;
  readonly partner: string;
  readonly name: string;
  readonly by: string;
}

export const newIncidentTexts = translated({
  nl: {
    title: "Incident vastleggen",
    intro:
      "Leg vast wat er is gebeurd. Daarna kunt u het niet meer wijzigen. Schrijf niets op over de gezondheid van cliënten.",
    kind: "Soort incident",
    kinds: kinds.nl,
    kindMeanings: kindMeanings.nl,
    occurredOn: "Datum van het incident",
    occurredOnHint:
      "De dag waarop het gebeurde. Weet u het niet precies? Neem dan de dag waarop het is gemeld.",
    reportedBy: "Gemeld door",
    reportedByHint:
      "Wie heeft het incident gemeld? Bijvoorbeeld: servicedesk, of de naam van een medewerker.",
    description: "Wat is er gebeurd?",
    usernames: "Betrokken gebruikers",
    usernamesHint:
      "Zoek de gebruikers die erbij betrokken zijn en zet een vinkje. Zijn er geen gebruikers bekend? Ga dan verder.",
    search: "Zoek een gebruiker",
    find: "Zoek gebruikers",
    notFound: "Er is geen gebruiker gevonden. Zoek op een ander woord.",
    more: (shown: number, total: number) =>
      `U ziet de eerste ${shown} van ${total}. Zoek op een langer woord.`,
    save: "Incident vastleggen",
    cancel: "Annuleren",
  },
  en: {
    title: "Record an incident",
    intro: "Record what happened. It cannot be changed afterwards. Do not write about the health of clients.",
    kind: "Kind of incident",
    kinds: kinds.en,
    kindMeanings: kindMeanings.en,
    occurredOn: "Date of the incident",
    occurredOnHint:
      "The day on which it happened. Not quite sure? Then take the day on which it was reported.",
    reportedBy: "Reported by",
    reportedByHint: "Who reported the incident? For example: the service desk, or the name of an employee.",
    description: "What happened?",
    usernames: "Users involved",
    usernamesHint: "Search for the users who were involved and tick them. Are no users known? Then go on.",
    search: "Search for a user",
    find: "Search for users",
    notFound: "No user was found. Search for another word.",
    more: (shown: number, total: number) =>
      `You see the first ${shown} of ${total}. Search for a longer word.`,
    save: "Record incident",
    cancel: "Cancel",
  },
});

export const newContactTexts = translated({
  nl: {
    title: "Contact vastleggen",
    intro: "Leg vast met wie u sprak en wat u hebt afgesproken. Daarna kunt u het niet meer wijzigen.",
    incident: "Het incident",
    day: "Datum van het contact",
    time: "Tijd van het contact",
    timeHint: "Bijvoorbeeld: 14:30.",
    timeWrong: "Vul een tijd in die al voorbij is, als uu:mm. Bijvoorbeeld: 14:30.",
    with: "Met wie?",
    partners: partners.nl,
    name: "Naam",
    means: "Hoe?",
    allMeans: means.nl,
    summary: "Wat is er besproken en afgesproken?",
    save: "Contact vastleggen",
    cancel: "Annuleren",
  },
  en: {
    title: "Log a contact",
    intro: "Record whom you spoke to and what you agreed. It cannot be changed afterwards.",
    incident: "The incident",
    day: "Date of the contact",
    time: "Time of the contact",
    timeHint: "For example: 14:30.",
    timeWrong: "Fill in a time that has passed, as hh:mm. For example: 14:30.",
    with: "With whom?",
    partners: partners.en,
    name: "Name",
    means: "How?",
    allMeans: means.en,
    summary: "What was discussed and agreed?",
    save: "Log contact",
    cancel: "Cancel",
  },
});

import { translated } from "../language.ts";

/** The audit trail of an organisation. */
export const trailTexts = translated({
  nl: {
    title: "Logboek",
    intro:
      "Hier staat wat er is gebeurd: elke wijziging, elke keer inloggen en elke keer dat CIZ gegevens bekijkt. Het nieuwste staat bovenaan. Niemand kan dit logboek wijzigen.",
    fields: { from: "Vanaf", to: "Tot en met", actor: "Gedaan door", subject: "Over wie of wat" },
    actorHint: "Vul een inlognaam in.",
    subjectHint: "Vul een inlognaam in, of een nummer.",
    optional: "niet verplicht",
    count: (total: number) => (total === 1 ? "1 gebeurtenis" : `${total} gebeurtenissen`),
    none: "Er is niets gevonden. Kies een andere periode of een andere naam, of wis het filter.",
    further: "Tot hier is er niets gevonden. Zoek verder op de volgende bladzijde.",
    at: "Wanneer",
    what: "Wat er is gebeurd",
    by: "Door",
    address: "IP-adres",
    ourselves: "het systeem",
    unknown: "onbekend",
    ofOrganisation: (username: string, id: string) => `${username} (organisatie ${id})`,
    back: "Terug naar overzicht",
  },
  en: {
    title: "Audit trail",
    intro:
      "This shows what happened: every change, every sign-in and every time CIZ looks at data. The newest comes first. Nobody can change this trail.",
    fields: { from: "From", to: "Up to and including", actor: "Done by", subject: "About whom or what" },
    actorHint: "Fill in a user name.",
    subjectHint: "Fill in a user name, or a number.",
    optional: "optional",
    count: (total: number) => (total === 1 ? "1 event" : `${total} events`),
    none: "Nothing was found. Choose another period or another name, or clear the filter.",
    further: "Nothing has been found so far. Search further on the next page.",
    at: "When",
    what: "What happened",
    by: "By",
    address: "IP address",
    ourselves: "the system",
    unknown: "unknown",
    ofOrganisation: (username: string, id: string) => `${username} (organisation ${id})`,
    back: "Back to overview",
  },
});

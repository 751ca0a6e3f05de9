import type { Organisation } from "../../domain/organisation.ts";
import { objectionWeeks, type Closure, type ClosureGround, type Incident } from "../../domain/sanction.ts";
import { plusDays } from "../../domain/time.ts";
import type { Contacts } from "../../runtime/environment.ts";
import { dayInWords, longDate, longDateTime } from "../dates.ts";
import { oneLine } from "../one-line.ts";
import { heading, letterEnd, letterHead, paragraph, type LetterContent, type LetterPart } from "./content.ts";

/** Descriptions of the grounds, as letters and mails use them. */
export const groundTexts: Readonly<Record<ClosureGround, string>> = {
  misuse: "misbruik van Portero",
  "repeated-careless-use": "herhaald onzorgvuldig gebruik van Portero",
};

const explanations: Readonly<Record<ClosureGround, string>> = {
  misuse:
    "Van misbruik is sprake als Portero wordt gebruikt voor iets heel anders dan waarvoor het bedoeld is, of als mensen die niet bij uw organisatie werken toegang krijgen.",
  "repeated-careless-use":
    "Van onzorgvuldig gebruik is bijvoorbeeld sprake als mensen een account met elkaar delen. Bij uw organisatie is dat vaker dan één keer gebeurd.",
};

const incidentTexts: Readonly<Record<Incident["kind"], string>> = {
  misuse: "misbruik",
  "careless-use": "onzorgvuldig gebruik",
};

/** The letter that tells the signatory that access is closed, why, what it means, and how to object. */
export function closingLetter(
  closure: Closure,
  incidents: readonly Incident[],
  organisation: Organisation,
  contacts: Contacts,
): LetterContent {
  const title = "Sluiting van de toegang tot Portero";
  const at = closure.closedAt;
  const parts = [
    ...letterHead(organisation, contacts, { at, reference: referenceOf(closure), subject: title }),
    paragraph(
      `Wij hebben op ${longDateTime(at, "nl")} de toegang van ${oneLine(organisation.name)} tot Portero gesloten. In deze brief leest u waarom, wat dit betekent en wat u kunt doen.`,
    ),
    ...reasons(closure, incidents),
    heading("Wat betekent dit?"),
    paragraph(
      "Alle gebruikers van uw organisatie zijn uitgelogd. Niemand van uw organisatie kan nog inloggen bij Portero of bij het gebruikersbeheer. Er worden ook geen wachtwoorden meer verstrekt. Dit duurt tot wij de toegang weer openen. U krijgt daar een brief over.",
    ),
    ...objection(closure, contacts),
    ...letterEnd(contacts),
  ];
  return { title, sender: contacts.operatorName, at, parts };
}

/** The reference number of a closure, for letters. */
export function referenceOf({ organisationId, id }: Pick<Closure, "organisationId" | "id">): string {
  return `${organisationId}/${id.slice(0, 8).toUpperCase()}`;
}

function reasons({ ground, assessment }: Closure, incidents: readonly Incident[]): LetterPart[] {
  return [
    heading("Waarom sluiten wij de toegang?"),
    paragraph(`De reden is ${groundTexts[ground]}. ${explanations[ground]}`),
    paragraph("Wij baseren ons op het volgende:"),
    paragraph(incidents.flatMap(incidentLines).join("\n")),
    ...(assessment === null ? [] : [paragraph("Ons oordeel:"), paragraph(assessment)]),
  ];
}

const dayText = (day: string) => dayInWords(day, "nl");
const enumeration = new Intl.ListFormat("nl");

function incidentLines({ kind, occurredOn, contacts }: Incident): string[] {
  const days = [...new Set(contacts.map(({ at }) => longDate(at, "nl")))];
  const contact = days.length > 0 ? ` Wij hadden hierover contact op ${enumeration.format(days)}.` : "";
  return [`- ${dayText(occurredOn)}: ${incidentTexts[kind]}.${contact}`];
}

function objection({ closedAt }: Closure, contacts: Contacts): LetterPart[] {
  const lastDay = longDate(plusDays(closedAt, objectionWeeks * 7), "nl");
  return [
    heading("Bent u het niet eens met deze beslissing?"),
    paragraph(
      `Dan kunt u binnen ${objectionWeeks} weken na de datum van deze brief bezwaar maken bij ${contacts.operatorName}, dus uiterlijk op ${lastDay}. Stuur een ondertekend bezwaarschrift naar ${contacts.contractManagement.email}. Zet erin: uw naam en adres, de datum, ons kenmerk en waarom u het niet eens bent met de beslissing. De toegang blijft gesloten zolang wij uw bezwaar behandelen.`,
    ),
  ];
}

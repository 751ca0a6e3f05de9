import type { ClosureGround, MissingGround } from "../../domain/sanction.ts";
import { translated } from "../language.ts";

const grounds = translated<Record<ClosureGround, string>>({
  nl: { misuse: "Misbruik", "repeated-careless-use": "Herhaald onzorgvuldig gebruik" },
  en: { misuse: "Misuse", "repeated-careless-use": "Repeated careless use" },
});

/** The conditions of the grounds for closing, by the code of the error that names an unmet one. */
export type Requirement = Exclude<MissingGround, "unknown-incident">;

const requirements = translated<Record<Requirement, (least: number) => string>>({
  nl: {
    "too-few-misuse-incidents": (least) => `Ten minste ${least} incident van misbruik.`,
    "too-few-careless-use-incidents": (least) => `Ten minste ${least} incidenten van onzorgvuldig gebruik.`,
    "no-contact-on-misuse": () =>
      "Een contact met de medewerker of de contactpersoon over zo'n incident, op of na de dag van dat incident.",
    "no-contact-with-organisation": () =>
      "Een contact met de contactpersoon of de tekenbevoegde over zo'n incident, op of na de dag van dat incident.",
    "no-assessment": () => "Een geschreven oordeel over de discipline van de organisatie.",
  },
  en: {
    "too-few-misuse-incidents": (least) => `At least ${least} incident of misuse.`,
    "too-few-careless-use-incidents": (least) => `At least ${least} incidents of careless use.`,
    "no-contact-on-misuse": () =>
      "A contact with the employee or the contact person about such an incident, on or after the day of it.",
    "no-contact-with-organisation": () =>
      "A contact with the contact person or the signatory about such an incident, on or after the day of it.",
    "no-assessment": () => "A written assessment of the organisation's discipline.",
  },
});

const remedies = translated<Record<Requirement, string>>({
  nl: {
    "too-few-misuse-incidents": "Leg een incident vast",
    "too-few-careless-use-incidents": "Leg een incident vast",
    "no-contact-on-misuse": "Kies een incident en leg een contact vast",
    "no-contact-with-organisation": "Kies een incident en leg een contact vast",
    "no-assessment": "Dat schrijft u bij het sluiten.",
  },
  en: {
    "too-few-misuse-incidents": "Record an incident",
    "too-few-careless-use-incidents": "Record an incident",
    "no-contact-on-misuse": "Choose an incident and log a contact",
    "no-contact-with-organisation": "Choose an incident and log a contact",
    "no-assessment": "You write it when you close access.",
  },
});

interface UndeliveredWords {
  readonly letter: string;
  /** Name and address. */
  readonly to: string;
  readonly at: string;
}

/** The state of an organisation's access, its closures and their letters. */
export const accessTexts = translated({
  nl: {
    title: "Toegang",
    open: "De toegang is open: de gebruikers van deze organisatie kunnen in Portero.",
    closed: (at: string, ground: string) =>
      `De toegang is gesloten sinds ${at}, op grond van: ${ground}. Niemand van deze organisatie kan inloggen.`,
    operator: "CIZ zelf kan niet worden gesloten.",
    groundsTitle: "Is er een grond om te sluiten?",
    grounds: grounds.nl,
    groundMet: "Deze grond is compleet.",
    groundAlmost: "Deze grond is compleet als u bij het sluiten het oordeel schrijft.",
    groundUnmet: "Deze grond is nog niet compleet.",
    met: "Aanwezig",
    unmet: "Ontbreekt",
    later: "Later",
    requirements: requirements.nl,
    remedies: remedies.nl,
    close: "Toegang sluiten",
    reopen: "Toegang heropenen",
    historyTitle: "Eerdere en huidige sluitingen",
    noHistory: "De toegang is nog nooit gesloten.",
    closure: (at: string) => `Gesloten op ${at}`,
    ground: "Grond",
    closedBy: "Gesloten door",
    assessment: "Oordeel over de discipline",
    noAssessment: "niet nodig bij deze grond",
    reopened: "Heropend",
    notReopened: "nog niet",
    reopenedAt: (at: string, by: string) => `${at} door ${by}`,
    reason: "Reden van het heropenen",
    incidentsOf: "Incidenten",
    unknownIncident: "een incident dat niet in de lijst staat",
    letter: "Brief over de sluiting (PDF)",
    letterOf: (at: string) => ` van ${at}`,
    letters: { closing: "De brief over de sluiting", reopening: "De brief over de heropening" },
    undelivered: {
      bounced: ({ letter, to, at }: UndeliveredWords) =>
        `${letter} aan ${to} is niet aangekomen, bleek op ${at}. Bezorg de brief op een andere manier: termijnen lopen vanaf de dag van de brief.`,
      complained: ({ letter, to, at }: UndeliveredWords) =>
        `${letter} aan ${to} is op ${at} als ongewenste e-mail gemeld.`,
    },
    closedNotice:
      "De toegang is gesloten. Iedereen van deze organisatie is uitgelogd. De brief is onderweg naar de tekenbevoegde en de contactpersoon.",
    reopenedNotice:
      "De toegang is weer open. Een brief is onderweg naar de tekenbevoegde en de contactpersoon. Gebruikers moeten opnieuw inloggen.",
    closedAlready: "De toegang was al gesloten. Er is niets veranderd.",
    openAlready: "De toegang was al open. Er is niets veranderd.",
  },
  en: {
    title: "Access",
    open: "Access is open: the users of this organisation can enter Portero.",
    closed: (at: string, ground: string) =>
      `Access has been closed since ${at}, on the ground of: ${ground}. Nobody at this organisation can sign in.`,
    operator: "CIZ itself cannot be closed.",
    groundsTitle: "Are there grounds to close it?",
    grounds: grounds.en,
    groundMet: "This ground is complete.",
    groundAlmost: "This ground is complete once you write the assessment while closing.",
    groundUnmet: "This ground is not complete yet.",
    met: "Present",
    unmet: "Missing",
    later: "Later",
    requirements: requirements.en,
    remedies: remedies.en,
    close: "Close access",
    reopen: "Reopen access",
    historyTitle: "Closures, past and present",
    noHistory: "Access has never been closed.",
    closure: (at: string) => `Closed on ${at}`,
    ground: "Ground",
    closedBy: "Closed by",
    assessment: "Assessment of the discipline",
    noAssessment: "not needed for this ground",
    reopened: "Reopened",
    notReopened: "not yet",
    reopenedAt: (at: string, by: string) => `${at} by ${by}`,
    reason: "Reason for reopening",
    incidentsOf: "Incidents",
    unknownIncident: "an incident that is not in the list",
    letter: "Letter about the closure (PDF)",
    letterOf: (at: string) => ` of ${at}`,
    letters: { closing: "The letter about the closure", reopening: "The letter about the reopening" },
    undelivered: {
      bounced: ({ letter, to, at }: UndeliveredWords) =>
        `${letter} to ${to} did not arrive, it turned out on ${at}. Deliver the letter in another way: terms run from the day of the letter.`,
      complained: ({ letter, to, at }: UndeliveredWords) =>
        `${letter} to ${to} was reported as unwanted mail on ${at}.`,
    },
    closedNotice:
      "Access has been closed. Everyone at this organisation has been signed out. The letter is on its way to the signatory and the contact person.",
    reopenedNotice:
      "Access is open again. A letter is on its way to the signatory and the contact person. Users have to sign in again.",
    closedAlready: "Access was closed already. Nothing has changed.",
    openAlready: "Access was open already. Nothing has changed.",
  },
});

export const closingTexts = translated({
  nl: {
    title: "Toegang sluiten",
    intro: (name: string) =>
      `Als u de toegang sluit, is iedereen van ${name} meteen uitgelogd en kan niemand meer inloggen. De tekenbevoegde en de contactpersoon krijgen een brief.`,
    ground: "Op welke grond?",
    incidents: "Welke incidenten zijn de grond?",
    incidentsHint: "Kies de incidenten die in de brief komen.",
    noIncidents: "Er zijn geen incidenten vastgelegd. Leg eerst een incident vast.",
    contactsWith: (partners: string) => `contact met: ${partners.toLowerCase()}`,
    assessment: "Oordeel over de discipline van de organisatie",
    assessmentHint: "Alleen nodig bij herhaald onzorgvuldig gebruik. Het oordeel komt in de brief.",
    optional: "niet altijd verplicht",
    check: "Verder",
    cancel: "Annuleren",
    notYetTitle: "Er is nog niet genoeg om de toegang te sluiten",
    confirmTitle: "Weet u zeker dat u de toegang wilt sluiten?",
    confirm: (name: string) => `U gaat de toegang van ${name} sluiten. Er is nog niets veranderd.`,
    chosenGround: "Grond",
    chosenIncidents: "Incidenten",
    chosenAssessment: "Oordeel",
    letterTo: "De brief gaat naar",
    whenClosed: "Dit gebeurt er meteen",
    consequences: [
      "Iedereen van de organisatie wordt uitgelogd.",
      "Niemand van de organisatie kan nog inloggen of een wachtwoord instellen.",
      "De brief wordt gemaakt en gemaild. U kunt de brief daarna niet meer wijzigen.",
    ],
    no: "Nee, terug",
    yes: "Ja, sluit de toegang",
  },
  en: {
    title: "Close access",
    intro: (name: string) =>
      `When you close access, everyone at ${name} is signed out at once and nobody can sign in any more. The signatory and the contact person get a letter.`,
    ground: "On which grounds?",
    incidents: "Which incidents are the grounds?",
    incidentsHint: "Choose the incidents that the letter will name.",
    noIncidents: "No incidents are on record. First record an incident.",
    contactsWith: (partners: string) => `contact with: ${partners.toLowerCase()}`,
    assessment: "Assessment of the organisation's discipline",
    assessmentHint: "Only needed for repeated careless use. The assessment goes into the letter.",
    optional: "not always needed",
    check: "Continue",
    cancel: "Cancel",
    notYetTitle: "There is not enough yet to close access",
    confirmTitle: "Are you sure that you want to close access?",
    confirm: (name: string) => `You are about to close access for ${name}. Nothing has changed yet.`,
    chosenGround: "Ground",
    chosenIncidents: "Incidents",
    chosenAssessment: "Assessment",
    letterTo: "The letter goes to",
    whenClosed: "This happens at once",
    consequences: [
      "Everyone at the organisation is signed out.",
      "Nobody at the organisation can sign in or set a password any more.",
      "The letter is made and mailed. It cannot be changed after that.",
    ],
    no: "No, back",
    yes: "Yes, close access",
  },
});

export const reopeningTexts = translated({
  nl: {
    title: "Toegang heropenen",
    intro: (name: string) =>
      `Als u de toegang heropent, kunnen de gebruikers van ${name} weer inloggen. De tekenbevoegde en de contactpersoon krijgen een brief met de reden.`,
    reason: "Reden",
    reasonHint: "De reden komt in de brief. Bijvoorbeeld: wat de organisatie heeft verbeterd.",
    yes: "Toegang heropenen",
    cancel: "Annuleren",
  },
  en: {
    title: "Reopen access",
    intro: (name: string) =>
      `When you reopen access, the users of ${name} can sign in again. The signatory and the contact person get a letter with the reason.`,
    reason: "Reason",
    reasonHint: "The reason goes into the letter. For example: what the organisation has improved.",
    yes: "Reopen access",
    cancel: "Cancel",
  },
});

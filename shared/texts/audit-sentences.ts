import type { LetterKind } from "../domain/sanction.ts";
import type { RefusalReason } from "../domain/admission.ts";
import type { AuditAction, AuditEvent } from "../domain/audit.ts";
import type { Person } from "../domain/person.ts";
import type { RefusedActReason } from "../domain/refused-act.ts";
import type { Role } from "../domain/user.ts";
import { translated, type Language } from "./language.ts";

/** The parts from which a sentence is made. */
interface Act {
  /** The login name or id of the subject. */
  readonly id: string;
  /** The same for users; login names that do not exist are replaced, because they may be a typed password. */
  readonly user: string;
  readonly detail: AuditEvent["detail"];
  /** " door kbakker"; empty if no actor is known. */
  readonly by: string;
  /** " van organisatie 16" or " van gebruiker ftest"; empty for subjects whose id means nothing to the reader. */
  readonly of: string;
  /** "is" or "is niet", by the outcome. */
  readonly is: string;
  /** The plural: "zijn" or "zijn niet". */
  readonly are: string;
}

type Sentences = Record<AuditAction, (act: Act) => string>;

/** The word for a code in an event's detail; null for an unknown code. */
function wordFor(words: Readonly<Record<string, string>>, code: unknown): string | null {
  return typeof code === "string" && Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}

const because = (reason: string | null) => (reason === null ? "." : `: ${reason}.`);

const letters = translated<Record<LetterKind, string>>({
  nl: { closing: "De brief over de sluiting", reopening: "De brief over de heropening" },
  en: { closing: "The letter about the closure", reopening: "The letter about the reopening" },
});

const reasons = translated<Record<RefusalReason | "too-many-attempts", string>>({
  nl: {
    "invalid-credentials": "de gebruikersnaam of het wachtwoord klopte niet",
    "organisation-closed": "de toegang van de organisatie is gesloten",
    "account-inactive": "het account is niet meer actief",
    "password-expired": "het wachtwoord is verlopen",
    "too-many-attempts": "er waren te veel pogingen",
  },
  en: {
    "invalid-credentials": "the user name or the password was not right",
    "organisation-closed": "the organisation's access is closed",
    "account-inactive": "the account is no longer active",
    "password-expired": "the password has expired",
    "too-many-attempts": "there were too many attempts",
  },
});

const roleNames = translated<Record<Role, string>>({
  nl: {
    "organisation-admin": "beheerder",
    "contract-manager": "contractmanager",
    "service-desk": "servicedesk",
  },
  en: {
    "organisation-admin": "administrator",
    "contract-manager": "contract manager",
    "service-desk": "service desk",
  },
});

function rolesInWords(codes: unknown, language: Language): string | null {
  const names = Array.isArray(codes) ? codes.map((code) => wordFor(roleNames[language], code) ?? "?") : [];
  return names.length > 0 ? names.join(", ") : null;
}

/** Names of a user's fields, for the `fields` of an event's detail. */
const fieldNames = translated<Record<keyof Person, string>>({
  nl: {
    initials: "voorletters",
    firstName: "voornaam",
    infix: "tussenvoegsel",
    lastName: "achternaam",
    email: "e-mailadres",
    phone: "telefoonnummer",
    fax: "faxnummer",
    memo: "memo",
  },
  en: {
    initials: "initials",
    firstName: "first name",
    infix: "infix",
    lastName: "last name",
    email: "e-mail address",
    phone: "telephone number",
    fax: "fax number",
    memo: "memo",
  },
});

function fieldsInWords(codes: unknown, language: Language): string | null {
  const names = Array.isArray(codes) ? codes.map((code) => wordFor(fieldNames[language], code) ?? "?") : [];
  return names.length > 0 ? names.join(", ") : null;
}

const userWords = translated({ nl: ["gebruiker", "gebruikers"], en: ["user", "users"] });

function usersInWords(count: unknown, language: Language): string {
  const [one = "", several = ""] = userWords[language];
  return typeof count === "number" ? `${count} ${count === 1 ? one : several}` : several;
}

/** Names of the data that CIZ can view, for the `what` of an event's detail. */
const viewed = translated({
  nl: {
    organisation: "de gegevens",
    organisations: "de lijst van organisaties",
    users: "de lijst van gebruikers",
    administrators: "de beheerders",
    user: "de gegevens",
    upcoming: "het overzicht van wat afloopt",
    incidents: "de incidenten",
    contacts: "de contacten over een incident",
    closures: "de sluitingen",
    letter: "de brief over de sluiting",
    "audit-events": "het logboek",
    "user-import": "een import van gebruikers",
    "import-rejected": "een import die niet doorging",
    answer: "een eerder antwoord",
  },
  en: {
    organisation: "the data",
    organisations: "the list of organisations",
    users: "the list of users",
    administrators: "the administrators",
    user: "the data",
    upcoming: "the overview of what ends soon",
    incidents: "the incidents",
    contacts: "the contacts about an incident",
    closures: "the closures",
    letter: "the letter about the closure",
    "audit-events": "the audit trail",
    "user-import": "an import of users",
    "import-rejected": "an import that was refused",
    answer: "an earlier answer",
  },
});

const and = translated({ nl: " en ", en: " and " });

/** All that a page showed. */
function viewedInWords({ what, also = [] }: AuditEvent["detail"], language: Language): string | null {
  const codes = [what, ...(typeof also === "object" ? also : [])];
  const names = codes.flatMap((code) => wordFor(viewed[language], code) ?? []);
  const last = names.pop();
  return names.length > 0 && last !== undefined ? names.join(", ") + and[language] + last : (last ?? null);
}

const refusals = translated<Record<RefusedActReason, string>>({
  nl: {
    "not-allowed": "de rechten daarvoor ontbraken",
    "not-found": "het ging over een andere organisatie",
    escalation: "het verzoek had velden die rechten geven",
  },
  en: {
    "not-allowed": "the rights for it were missing",
    "not-found": "it was about another organisation",
    escalation: "the request had fields that give rights",
  },
});

const sentences = translated<Sentences>({
  nl: {
    "organisation.registered": ({ id, is, by }) => `Organisatie ${id} ${is} geregistreerd${by}.`,
    "organisation.changed": ({ id, are, by }) => `De gegevens van organisatie ${id} ${are} gewijzigd${by}.`,
    "organisation.closed": ({ id, is, by }) => `De toegang van organisatie ${id} ${is} gesloten${by}.`,
    "organisation.reopened": ({ id, is, by }) => `De toegang van organisatie ${id} ${is} weer geopend${by}.`,
    "incident.recorded": ({ is, by }) => `Een incident ${is} vastgelegd${by}.`,
    "contact.logged": ({ is, by }) => `Een contact over een incident ${is} vastgelegd${by}.`,
    "roles.changed": ({ user, are, by, detail }) =>
      `De rollen van gebruiker ${user} ${are} gewijzigd${by}: ${rolesInWords(detail["to"], "nl") ?? "geen rollen"}.`,
    "user.created": ({ user, is, by }) => `Gebruiker ${user} ${is} toegevoegd${by}.`,
    "user.edited": ({ user, are, by, detail }) =>
      `De gegevens van gebruiker ${user} ${are} gewijzigd${by}${because(fieldsInWords(detail["fields"], "nl"))}`,
    "user.deleted": ({ user, is, by }) => `Gebruiker ${user} ${is} verwijderd${by}.`,
    "users.exported": ({ is, by, detail }) =>
      `Een bestand met de gegevens van ${usersInWords(detail["count"], "nl")} ${is} gemaakt${by}.`,
    "user-import.accepted": ({ is, by, detail }) =>
      `Een bestand met ${usersInWords(detail["users"], "nl")} ${is} geïmporteerd${by}.`,
    "user-import.tried": ({ is, by, detail }) =>
      `Een bestand met ${usersInWords(detail["users"], "nl")} ${is} gecontroleerd${by}. Er is niemand toegevoegd.`,
    "user.lapsed": ({ user, is }) =>
      `Het account van gebruiker ${user} ${is} gestopt, omdat er lange tijd niet is ingelogd.`,
    "user.erased": ({ user, are }) =>
      `De persoonsgegevens van gebruiker ${user} ${are} gewist, omdat de bewaartermijn voorbij is.`,
    "login-name.requested": ({ user, is }) =>
      `Een mail met de gebruikersnaam ${is} aangevraagd voor gebruiker ${user}.`,
    "login-name.refused": ({ user }) => `Een mail met de gebruikersnaam is geweigerd voor ${user}.`,
    "password-link.requested": ({ user, is, by }) =>
      `Een link om een wachtwoord in te stellen ${is} aangevraagd voor gebruiker ${user}${by}.`,
    "password-link.refused": ({ user, detail }) =>
      `Een link om een wachtwoord in te stellen is geweigerd voor ${user}${because(wordFor(reasons.nl, detail["reason"]))}`,
    "password.set": ({ user, is, detail }) =>
      `Het ${detail["first"] === true ? "eerste " : ""}wachtwoord van gebruiker ${user} ${is} ingesteld.`,
    "password.rejected": ({ user }) =>
      `Een nieuw wachtwoord van gebruiker ${user} is geweigerd, omdat het niet aan de regels voldeed.`,
    "session.opened": ({ user }) => `Gebruiker ${user} heeft ingelogd.`,
    "session.refused": ({ user, detail }) =>
      `Inloggen van ${user} is geweigerd${because(wordFor(reasons.nl, detail["reason"]))}`,
    "session.ended": ({ user }) => `Gebruiker ${user} heeft uitgelogd.`,
    "personal-data.viewed": ({ of, by, detail }) =>
      `Bekeken${by}: ${viewedInWords(detail, "nl") ?? "gegevens"}${of}.`,
    "access.refused": ({ by, detail }) =>
      typeof detail["total"] === "number"
        ? `In een uur zijn ${detail["total"]} handelingen${by} geweigerd.`
        : `Een handeling${by} is geweigerd${because(wordFor(refusals.nl, detail["reason"]))}`,
    "mail.bounced": ({ user, detail }) =>
      wordFor(letters.nl, detail["letter"])
        ? `${wordFor(letters.nl, detail["letter"])} is niet aangekomen.`
        : `E-mail aan gebruiker ${user} is niet aangekomen.`,
    "mail.complained": ({ user, detail }) =>
      wordFor(letters.nl, detail["letter"])
        ? `${wordFor(letters.nl, detail["letter"])} is als ongewenste e-mail gemeld.`
        : `Gebruiker ${user} heeft onze e-mail als ongewenst gemeld.`,
  },
  en: {
    "organisation.registered": ({ id, is, by }) => `Organisation ${id} ${is} registered${by}.`,
    "organisation.changed": ({ id, are, by }) => `The data of organisation ${id} ${are} changed${by}.`,
    "organisation.closed": ({ id, is, by }) => `The access of organisation ${id} ${is} closed${by}.`,
    "organisation.reopened": ({ id, is, by }) => `The access of organisation ${id} ${is} opened again${by}.`,
    "incident.recorded": ({ is, by }) => `An incident ${is} recorded${by}.`,
    "contact.logged": ({ is, by }) => `A contact about an incident ${is} recorded${by}.`,
    "roles.changed": ({ user, are, by, detail }) =>
      `The roles of user ${user} ${are} changed${by}: ${rolesInWords(detail["to"], "en") ?? "no roles"}.`,
    "user.created": ({ user, is, by }) => `User ${user} ${is} added${by}.`,
    "user.edited": ({ user, are, by, detail }) =>
      `The data of user ${user} ${are} changed${by}${because(fieldsInWords(detail["fields"], "en"))}`,
    "user.deleted": ({ user, is, by }) => `User ${user} ${is} deleted${by}.`,
    "users.exported": ({ is, by, detail }) =>
      `A file with the data of ${usersInWords(detail["count"], "en")} ${is} made${by}.`,
    "user-import.accepted": ({ is, by, detail }) =>
      `A file with ${usersInWords(detail["users"], "en")} ${is} imported${by}.`,
    "user-import.tried": ({ is, by, detail }) =>
      `A file with ${usersInWords(detail["users"], "en")} ${is} checked${by}. Nobody was added.`,
    "user.lapsed": ({ user, is }) =>
      `The account of user ${user} ${is} ended, because nobody signed in to it for a long time.`,
    "user.erased": ({ user, are }) =>
      `The personal data of user ${user} ${are} erased, because they need not be kept any longer.`,
    "login-name.requested": ({ user, is }) => `A mail with the user name ${is} requested for user ${user}.`,
    "login-name.refused": ({ user }) => `A mail with the user name was refused for ${user}.`,
    "password-link.requested": ({ user, is, by }) =>
      `A link to set a password ${is} requested for user ${user}${by}.`,
    "password-link.refused": ({ user, detail }) =>
      `A link to set a password was refused for ${user}${because(wordFor(reasons.en, detail["reason"]))}`,
    "password.set": ({ user, is, detail }) =>
      `The ${detail["first"] === true ? "first " : ""}password of user ${user} ${is} set.`,
    "password.rejected": ({ user }) =>
      `A new password of user ${user} was refused, because it did not meet the rules.`,
    "session.opened": ({ user }) => `User ${user} signed in.`,
    "session.refused": ({ user, detail }) =>
      `Signing in by ${user} was refused${because(wordFor(reasons.en, detail["reason"]))}`,
    "session.ended": ({ user }) => `User ${user} signed out.`,
    "personal-data.viewed": ({ of, by, detail }) =>
      `Viewed${by}: ${viewedInWords(detail, "en") ?? "data"}${of}.`,
    "access.refused": ({ by, detail }) =>
      typeof detail["total"] === "number"
        ? `In one hour, ${detail["total"]} acts${by} were refused.`
        : `An act${by} was refused${because(wordFor(refusals.en, detail["reason"]))}`,
    "mail.bounced": ({ user, detail }) =>
      wordFor(letters.en, detail["letter"])
        ? `${wordFor(letters.en, detail["letter"])} did not arrive.`
        : `Mail to user ${user} did not arrive.`,
    "mail.complained": ({ user, detail }) =>
      wordFor(letters.en, detail["letter"])
        ? `${wordFor(letters.en, detail["letter"])} was reported as unwanted mail.`
        : `User ${user} reported our mail as unwanted.`,
  },
});

const words = translated({
  nl: {
    by: " door ",
    of: " van ",
    is: "is",
    are: "zijn",
    not: " niet",
    organisation: "organisatie",
    user: "gebruiker",
    nobody: "een onbekende gebruikersnaam",
  },
  en: {
    by: " by ",
    of: " of ",
    is: "was",
    are: "were",
    not: " not",
    organisation: "organisation",
    user: "user",
    nobody: "an unknown user name",
  },
});

/** The subject of events about login names that do not exist; the typed text may be a password in the wrong field. */
const unknownName = "unknown";

/** An audit event as a sentence for administrators; pages show codes, times and addresses beside it. */
export function auditSentence(event: AuditEvent, language: Language): string {
  const { by, of, is, are, not, nobody } = words[language];
  const { id, type } = event.subject;
  const negation = event.outcome === "refused" ? not : "";
  return sentences[language][event.action]({
    id,
    user: id === unknownName ? nobody : id,
    detail: event.detail,
    of: type === "organisation" || type === "user" ? `${of}${words[language][type]} ${id}` : "",
    by: event.actor === null ? "" : by + actorName(event, event.actor, language),
    is: is + negation,
    are: are + negation,
  });
}

/** Actors of another organisation are users of the operator, so their organisation is named. */
function actorName(
  { organisationId }: AuditEvent,
  actor: NonNullable<AuditEvent["actor"]>,
  language: Language,
): string {
  if (actor.organisationId === organisationId) return actor.username;
  return `${actor.username} (${words[language].organisation} ${actor.organisationId})`;
}

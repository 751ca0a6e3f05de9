import type { FieldError } from "../domain/errors.ts";
import type { PasswordFault } from "../domain/password-policy.ts";
import type { MissingGround } from "../domain/sanction.ts";
import { translated, type Language } from "./language.ts";
import { passwordFaultTexts } from "./password-rules.ts";
import { quantity } from "./quantities.ts";

/** Faults that only passwords have; "too-short" and "too-long" share their wording with other fields. */
type OnlyPasswordFault = Exclude<PasswordFault, "too-short" | "too-long">;

/** Codes of field errors, except the faults that only passwords have. */
export type FieldErrorCode =
  | "required"
  | "unknown-field"
  | "repeated"
  | "wrong-type"
  | "too-short"
  | "too-long"
  | "characters"
  | "letters"
  | "script"
  | "line-too-long"
  | "email"
  | "date"
  | "choice"
  | "number"
  | "too-small"
  | "too-large"
  | "in-use"
  | "outside-domain"
  | "address-in-name"
  | "initials"
  | "not-personal"
  | "public-domain"
  | "json"
  | "nesting"
  | "content-type"
  | "future"
  | "needs-erai"
  | "unknown-user"
  | "role-not-here"
  | "too-many-users"
  | MissingGround
  | "content-type-csv"
  | "cursor"
  | "instant"
  | "encoding"
  | "separator"
  | "quotes"
  | "missing-column"
  | "unknown-column"
  | "double-column"
  | "column-count"
  | "no-rows"
  | "too-many-rows"
  | "twice-in-file"
  | "still-usable"
  | "invalid";

type FieldErrorTexts = Record<FieldErrorCode, (limit: number | undefined) => string>;

/** A sentence and, if the limit is known, a second one that names it. */
const withLimit = (sentence: string, say: (limit: number) => string) => (limit: number | undefined) =>
  limit === undefined ? sentence : `${sentence} ${say(limit)}`;
const always = (sentence: string) => () => sentence;
const atLeast = (n: number) => `Het moeten er ten minste ${n} zijn.`;
const atLeastInEnglish = (n: number) => `There must be at least ${n}.`;

const texts = translated<FieldErrorTexts>({
  nl: {
    required: always("Vul dit veld in."),
    "unknown-field": always("Dit veld bestaat niet, of u kunt het hier niet wijzigen."),
    repeated: always("Dit staat er meer dan een keer. Geef het één keer op."),
    "wrong-type": always("Dit is niet het soort waarde dat hier hoort."),
    "too-short": withLimit("Dit is te kort.", (n) => `Gebruik ten minste ${quantity(n, "character", "nl")}.`),
    "too-long": withLimit(
      "Dit is te lang.",
      (n) => `Gebruik niet meer dan ${quantity(n, "character", "nl")}.`,
    ),
    characters: always("Hier staan tekens in die niet zijn toegestaan."),
    letters: always("Gebruik ten minste 1 letter."),
    script: always("Schrijf dit in Latijnse letters, zoals in een paspoort."),
    "line-too-long": always("Deze regel is te lang. Staat er een aanhalingsteken te veel of te weinig?"),
    email: always("Dit is geen geldig e-mailadres. Een goed voorbeeld is naam@organisatie.nl."),
    date: always("Dit is geen geldige datum. Schrijf de datum als jjjj-mm-dd."),
    choice: always("Kies een van de mogelijke waarden."),
    number: always("Vul een heel getal in."),
    "too-small": withLimit("Dit getal is te laag.", (n) => `Het moet ${n} of hoger zijn.`),
    "too-large": withLimit("Dit getal is te hoog.", (n) => `Het mag niet hoger zijn dan ${n}.`),
    "in-use": always("Dit is al in gebruik. Kies iets anders."),
    "outside-domain": always(
      "Dit e-mailadres hoort niet bij de organisatie. Gebruik een adres van de organisatie.",
    ),
    "address-in-name": always("Hier kan geen mailadres of webadres in staan."),
    initials: always("Dit zijn geen voorletters. Goede voorbeelden zijn J.P. en Chr.Joh."),
    "not-personal": always(
      "Dit is geen adres van één persoon. Gebruik het eigen e-mailadres van deze persoon.",
    ),
    "public-domain": always(
      "Bij dit domein kan iedereen een adres krijgen. Gebruik een domein van de organisatie.",
    ),
    json: always("Dit is geen geldige JSON."),
    nesting: withLimit("Dit is te diep genest.", (n) => `Gebruik niet meer dan ${n} niveaus.`),
    "content-type": always("Stuur de gegevens als JSON, met Content-Type application/json."),
    future: always("Deze datum ligt in de toekomst."),
    "needs-erai": always("Dit profiel kan alleen bij een ERAI-overeenkomst."),
    "unknown-user": always("Deze gebruiker hoort niet bij deze organisatie."),
    "role-not-here": always("Deze rol hoort niet bij deze organisatie."),
    "too-many-users": withLimit(
      "Bij deze incidenten zijn te veel gebruikers betrokken.",
      (n) => `Noem minder incidenten, met samen niet meer dan ${n} gebruikers.`,
    ),
    "unknown-incident": always("Dit incident is niet vastgelegd bij deze organisatie."),
    "too-few-misuse-incidents": withLimit("Er zijn te weinig incidenten van misbruik genoemd.", atLeast),
    "too-few-careless-use-incidents": withLimit(
      "Er zijn te weinig incidenten van onzorgvuldig gebruik genoemd.",
      atLeast,
    ),
    "no-contact-on-misuse": always(
      "Er is nog geen contact vastgelegd met de medewerker of de contactpersoon over een van deze incidenten van misbruik, op of na de dag van dat incident.",
    ),
    "no-contact-with-organisation": always(
      "Er is nog geen contact vastgelegd met de contactpersoon of de tekenbevoegde over een van deze incidenten, op of na de dag van dat incident.",
    ),
    "no-assessment": always("Schrijf op hoe u de discipline van de organisatie beoordeelt."),
    "content-type-csv": always("Stuur de gegevens als CSV, met Content-Type text/csv."),
    cursor: always("Dit is geen plaats in deze lijst. Begin weer bij de eerste bladzijde."),
    instant: always(
      "Dit is geen datum of tijdstip. Schrijf een datum als jjjj-mm-dd of een tijdstip als 2026-11-22T13:00:00Z.",
    ),
    encoding: always(
      "Hier staan tekens die wij niet kunnen lezen. Bewaar het bestand als CSV met de codering UTF-8.",
    ),
    separator: always("Zet tussen de kolommen een puntkomma of een komma."),
    quotes: always("Hier staat een aanhalingsteken te veel of te weinig."),
    "missing-column": always("Deze kolom ontbreekt. Zet de naam van de kolom op de eerste regel."),
    "unknown-column": always("Op de eerste regel staat een kolom die wij niet kennen."),
    "double-column": always("Deze kolom staat twee keer op de eerste regel."),
    "column-count": withLimit(
      "Deze regel heeft niet evenveel kolommen als de eerste regel.",
      (n) => `De eerste regel heeft er ${n}.`,
    ),
    "no-rows": always("Er staan geen gebruikers in dit bestand."),
    "too-many-rows": withLimit(
      "Er staan te veel gebruikers in dit bestand.",
      (n) => `U kunt er ${n} tegelijk toevoegen.`,
    ),
    "twice-in-file": always("Dit e-mailadres staat vaker in dit bestand."),
    "still-usable": always("Dit account is niet verwijderd en niet inactief."),
    invalid: always("Deze waarde klopt niet."),
  },
  en: {
    required: always("Fill in this field."),
    "unknown-field": always("This field does not exist, or cannot be changed here."),
    repeated: always("This is given more than once. Give it once."),
    "wrong-type": always("This is not the kind of value that belongs here."),
    "too-short": withLimit("This is too short.", (n) => `Use at least ${quantity(n, "character", "en")}.`),
    "too-long": withLimit("This is too long.", (n) => `Use no more than ${quantity(n, "character", "en")}.`),
    characters: always("This has characters that are not allowed."),
    letters: always("Use at least 1 letter."),
    script: always("Write this in Latin letters, as in a passport."),
    "line-too-long": always("This line is too long. Is there a quotation mark too many or too few?"),
    email: always("This is not a valid e-mail address. A good example is name@organisation.nl."),
    date: always("This is not a valid date. Write the date as yyyy-mm-dd."),
    choice: always("Choose one of the possible values."),
    number: always("Fill in a whole number."),
    "too-small": withLimit("This number is too low.", (n) => `It must be ${n} or higher.`),
    "too-large": withLimit("This number is too high.", (n) => `It may not be higher than ${n}.`),
    "in-use": always("This is already in use. Choose something else."),
    "outside-domain": always(
      "This e-mail address does not belong to the organisation. Use an address of the organisation.",
    ),
    "address-in-name": always("This cannot hold a mail address or a web address."),
    initials: always("These are no initials. Good examples are J.P. and Chr.Joh."),
    "not-personal": always("This is not one person's address. Use this person's own e-mail address."),
    "public-domain": always("Anybody can have an address at this domain. Use a domain of the organisation."),
    json: always("This is not valid JSON."),
    nesting: withLimit("This is nested too deeply.", (n) => `Use no more than ${n} levels.`),
    "content-type": always("Send the data as JSON, with Content-Type application/json."),
    future: always("This date is in the future."),
    "needs-erai": always("This profile needs an ERAI agreement."),
    "unknown-user": always("This user does not belong to this organisation."),
    "role-not-here": always("This role does not belong to this organisation."),
    "too-many-users": withLimit(
      "Too many users are involved in these incidents.",
      (n) => `Name fewer incidents, with no more than ${n} users together.`,
    ),
    "unknown-incident": always("This incident is not on record for this organisation."),
    "too-few-misuse-incidents": withLimit("Too few incidents of misuse are named.", atLeastInEnglish),
    "too-few-careless-use-incidents": withLimit(
      "Too few incidents of careless use are named.",
      atLeastInEnglish,
    ),
    "no-contact-on-misuse": always(
      "No contact with the employee or the contact person is on record for any of these incidents of misuse, on or after the day of it.",
    ),
    "no-contact-with-organisation": always(
      "No contact with the contact person or the signatory is on record for any of these incidents, on or after the day of it.",
    ),
    "no-assessment": always("Write down how you assess the organisation's discipline."),
    "content-type-csv": always("Send the data as CSV, with Content-Type text/csv."),
    cursor: always("This is not a place in this list. Begin again at the first page."),
    instant: always(
      "This is not a date or a time. Write a date as yyyy-mm-dd or a time as 2026-11-22T13:00:00Z.",
    ),
    encoding: always(
      "This has characters that we cannot read. Save the file as CSV with the encoding UTF-8.",
    ),
    separator: always("Put a semicolon or a comma between the columns."),
    quotes: always("There is a quotation mark too many or too few here."),
    "missing-column": always("This column is missing. Put its name on the first line."),
    "unknown-column": always("The first line has a column that we do not know."),
    "double-column": always("This column is on the first line twice."),
    "column-count": withLimit(
      "This line does not have as many columns as the first line.",
      (n) => `The first line has ${n}.`,
    ),
    "no-rows": always("There are no users in this file."),
    "too-many-rows": withLimit(
      "There are too many users in this file.",
      (n) => `You can add ${n} at a time.`,
    ),
    "twice-in-file": always("This e-mail address is in this file more than once."),
    "still-usable": always("This account is neither deleted nor inactive."),
    invalid: always("This value is not right."),
  },
});

export const fieldErrorCodes = Object.keys(texts.nl) as FieldErrorCode[];

function isFieldErrorCode(code: string): code is FieldErrorCode {
  return Object.hasOwn(texts.nl, code);
}

function isOnlyPasswordFault(code: string): code is OnlyPasswordFault {
  return Object.hasOwn(passwordFaultTexts.nl, code);
}

/** A sentence that says what is wrong and, where it is clear, what to do. Unknown codes read as `invalid`. */
export function fieldErrorText(error: Pick<FieldError, "code" | "limit">, language: Language): string {
  if (isFieldErrorCode(error.code)) return texts[language][error.code](error.limit);
  if (isOnlyPasswordFault(error.code)) return passwordFaultTexts[language][error.code];
  return texts[language].invalid(undefined);
}

import type { FieldError } from "../domain/errors.ts";
import type { PasswordFault } from "../domain/password-policy.ts";
import { translated, type Language } from "./language.ts";
import { passwordFaultTexts } from "./password-rules.ts";
import { quantity } from "./quantities.ts";

/** Faults that passwords share with other fields keep one wording for all. */
type OnlyPasswordFault = Exclude<PasswordFault, "too-short" | "too-long">;

/** What can be wrong with a field, passwords' own faults aside. */
export type FieldErrorCode =
  | "required"
  | "unknown-field"
  | "wrong-type"
  | "too-short"
  | "too-long"
  | "characters"
  | "letters"
  | "email"
  | "date"
  | "choice"
  | "number"
  | "too-small"
  | "too-large"
  | "in-use"
  | "outside-domain"
  | "json"
  | "content-type"
  | "future"
  | "needs-erai"
  | "invalid";

type FieldErrorTexts = Record<FieldErrorCode, (limit: number | undefined) => string>;

/** A sentence, and where the limit is known a second one that names it. */
const withLimit = (sentence: string, say: (limit: number) => string) => (limit: number | undefined) =>
  limit === undefined ? sentence : `${sentence} ${say(limit)}`;
const always = (sentence: string) => () => sentence;

const texts = translated<FieldErrorTexts>({
  nl: {
    required: always("Vul dit veld in."),
    "unknown-field": always("Dit veld bestaat niet, of u kunt het hier niet wijzigen."),
    "wrong-type": always("Dit is niet het soort waarde dat hier hoort."),
    "too-short": withLimit("Dit is te kort.", (n) => `Gebruik ten minste ${quantity(n, "character", "nl")}.`),
    "too-long": withLimit(
      "Dit is te lang.",
      (n) => `Gebruik niet meer dan ${quantity(n, "character", "nl")}.`,
    ),
    characters: always("Hier staan tekens in die niet zijn toegestaan."),
    letters: always("Gebruik ten minste 1 letter."),
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
    json: always("Dit is geen geldige JSON."),
    "content-type": always("Stuur de gegevens als JSON, met Content-Type application/json."),
    future: always("Deze datum ligt in de toekomst."),
    "needs-erai": always("Dit profiel kan alleen bij een ERAI-overeenkomst."),
    invalid: always("Deze waarde klopt niet."),
  },
  en: {
    required: always("Fill in this field."),
    "unknown-field": always("This field does not exist, or cannot be changed here."),
    "wrong-type": always("This is not the kind of value that belongs here."),
    "too-short": withLimit("This is too short.", (n) => `Use at least ${quantity(n, "character", "en")}.`),
    "too-long": withLimit("This is too long.", (n) => `Use no more than ${quantity(n, "character", "en")}.`),
    characters: always("This has characters that are not allowed."),
    letters: always("Use at least 1 letter."),
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
    json: always("This is not valid JSON."),
    "content-type": always("Send the data as JSON, with Content-Type application/json."),
    future: always("This date is in the future."),
    "needs-erai": always("This profile needs an ERAI agreement."),
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

/** What is wrong with a field and, where that is clear, what to do; an unforeseen code reads as `invalid`. */
export function fieldErrorText(error: Pick<FieldError, "code" | "limit">, language: Language): string {
  if (isFieldErrorCode(error.code)) return texts[language][error.code](error.limit);
  if (isOnlyPasswordFault(error.code)) return passwordFaultTexts[language][error.code];
  return texts[language].invalid(undefined);
}

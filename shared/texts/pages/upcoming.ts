import { translated } from "../language.ts";
import { quantity } from "../quantities.ts";

/** The list of passwords and accounts that end soon. */
export const upcomingTexts = translated({
  nl: {
    title: "Verloopt binnenkort",
    intro:
      "Hier staat van wie het wachtwoord binnenkort verloopt, en welk account binnenkort stopt. De gebruiker krijgt daar zelf ook een mail over.",
    passwords: "Verloopt een wachtwoord? Dan stelt de gebruiker zelf een nieuw wachtwoord in.",
    accounts:
      "Stopt een account? Dan moet de gebruiker vóór die dag inloggen. Een account dat gestopt is, kunt u niet weer aanzetten.",
    period: "Hoe ver vooruit",
    days: (days: number) => quantity(days, "day", "nl"),
    count: (total: number, days: number) =>
      `${total} ${total === 1 ? "regel" : "regels"} voor de komende ${quantity(days, "day", "nl")}.`,
    first: (shown: number) => `Hier staan de eerste ${shown}.`,
    none: (days: number) =>
      `In de komende ${quantity(days, "day", "nl")} verloopt er geen wachtwoord en stopt er geen account.`,
    on: "Datum",
    username: "Inlognaam",
    name: "Naam",
    what: "Wat er gebeurt",
    ends: {
      "password-expires": "Het wachtwoord verloopt",
      "account-lapses": "Het account stopt, omdat het niet wordt gebruikt",
    },
    back: "Terug naar overzicht",
  },
  en: {
    title: "Ends soon",
    intro:
      "This shows whose password expires soon, and which account ends soon. The user gets a mail about it as well.",
    passwords: "Does a password expire? Then the user sets a new one.",
    accounts:
      "Does an account end? Then the user has to sign in before that day. An account that has ended cannot be made active again.",
    period: "How far ahead",
    days: (days: number) => quantity(days, "day", "en"),
    count: (total: number, days: number) =>
      `${total} ${total === 1 ? "line" : "lines"} for the coming ${quantity(days, "day", "en")}.`,
    first: (shown: number) => `These are the first ${shown}.`,
    none: (days: number) =>
      `No password expires and no account ends in the coming ${quantity(days, "day", "en")}.`,
    on: "Date",
    username: "User name",
    name: "Name",
    what: "What happens",
    ends: {
      "password-expires": "The password expires",
      "account-lapses": "The account ends, because it is not used",
    },
    back: "Back to overview",
  },
});

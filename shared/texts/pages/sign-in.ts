import { translated } from "../language.ts";
import { quantity } from "../quantities.ts";

export const signInTexts = translated({
  nl: {
    title: "Inloggen Gebruikersbeheer Portero",
    purpose:
      "Hier beheert uw organisatie wie er in Portero mag. Ook ziet u hier uw eigen gegevens, en tot wanneer uw wachtwoord geldig is.",
    ended: (minutes: number) =>
      `U bent uitgelogd. Dat gebeurt als u ${quantity(minutes, "minute", "nl")} niets doet, of als uw wachtwoord of account verandert. Log opnieuw in.`,
    kept: "Wat u had ingevuld, krijgt u daarna terug.",
    username: "Gebruikersnaam",
    password: "Wachtwoord",
    button: "Log in",
    change: "Wachtwoord wijzigen",
    ask: "Nieuw wachtwoord aanvragen",
    forgottenName: "Gebruikersnaam vergeten",
    askHint: "Hebt u nog geen wachtwoord, of bent u het vergeten?",
    troubleTitle: "Lukt het inloggen niet?",
    trouble: "Mail dan contractmanagement:",
    troubleAdd: "Zet deze gegevens in uw mail:",
    troubleList: [
      "uw volledige naam: voornaam, achternaam en meisjesnaam",
      "de naam van uw organisatie",
      "uw gebruikersnaam",
      "uw directe telefoonnummer",
      "wat er precies misgaat",
    ],
    troubleNever: "Stuur nooit uw wachtwoord mee.",
  },
  en: {
    title: "Sign in to Portero user administration",
    purpose:
      "This is where your organisation manages who may use Portero. You can also see your own details here, and until when your password is valid.",
    ended: (minutes: number) =>
      `You have been signed out. That happens when you do nothing for ${quantity(minutes, "minute", "en")}, or when your password or account changes. Sign in again.`,
    kept: "You will then get back what you had filled in.",
    username: "User name",
    password: "Password",
    button: "Sign in",
    change: "Change password",
    ask: "Ask for a new password",
    forgottenName: "Forgotten user name",
    askHint: "Do you not have a password yet, or have you forgotten it?",
    troubleTitle: "Are you unable to sign in?",
    trouble: "Then mail contract management:",
    troubleAdd: "Put this in your mail:",
    troubleList: [
      "your full name: first name, last name and maiden name",
      "the name of your organisation",
      "your user name",
      "your direct telephone number",
      "what exactly goes wrong",
    ],
    troubleNever: "Never send your password.",
  },
});

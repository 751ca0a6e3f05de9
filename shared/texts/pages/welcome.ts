import { translated } from "../language.ts";
import { quantity } from "../quantities.ts";
import { roleNames } from "../role-names.ts";

export const welcomeTexts = translated({
  nl: {
    title: "Welkom",
    purpose:
      "Hier beheert u de gebruikers van uw organisatie: wie er in Portero mag, en met welke gegevens. Ook ziet u hier de gegevens van uw organisatie.",
    toUsers: "Ga naar gebruikers",
    operatorPurpose:
      "Hier ziet u alle organisaties die in Portero mogen, met hun gebruikers, beheerders en incidenten.",
    toOrganisations: "Ga naar organisaties",
    serviceDesk: "Hebt u een vraag of werkt er iets niet? Neem contact op met de servicedesk:",
    changePassword: "Wachtwoord wijzigen",
    details: "Uw gegevens",
    username: "Gebruikersnaam",
    name: "Naam",
    email: "E-mail",
    organisation: "Organisatie",
    roles: "Rol",
    roleNames: roleNames.nl,
    passwordValidUntil: "Wachtwoord geldig tot",
    toPortero: "Naar Portero",
    almostExpired: "Uw wachtwoord is bijna verlopen",
    expires: (daysLeft: number, at: { date: string; time: string }) =>
      daysLeft === 0
        ? `Uw wachtwoord verloopt vandaag om ${at.time} uur.`
        : `Uw wachtwoord verloopt binnen ${quantity(daysLeft, "day", "nl")}, op ${at.date}.`,
    changeNow: "Wilt u nu een nieuw wachtwoord instellen?",
    no: "Nee",
    yes: "Ja",
  },
  en: {
    title: "Welcome",
    purpose:
      "This is where you manage the users of your organisation: who may use Portero, and with which details. You can also see the data of your organisation here.",
    toUsers: "Go to users",
    operatorPurpose:
      "This is where you see all organisations that may use Portero, with their users, administrators and incidents.",
    toOrganisations: "Go to organisations",
    serviceDesk: "Do you have a question or does something not work? Contact the service desk:",
    changePassword: "Change password",
    details: "Your details",
    username: "User name",
    name: "Name",
    email: "E-mail",
    organisation: "Organisation",
    roles: "Role",
    roleNames: roleNames.en,
    passwordValidUntil: "Password valid until",
    toPortero: "To Portero",
    almostExpired: "Your password has almost expired",
    expires: (daysLeft: number, at: { date: string; time: string }) =>
      daysLeft === 0
        ? `Your password expires today at ${at.time}.`
        : `Your password expires within ${quantity(daysLeft, "day", "en")}, on ${at.date}.`,
    changeNow: "Do you want to set a new password now?",
    no: "No",
    yes: "Yes",
  },
});

import type { Contacts } from "../runtime/environment.ts";
import type { ProblemSlug } from "../domain/errors.ts";
import { translated, type Language } from "./language.ts";
import { waitingTime } from "./quantities.ts";

/** Facts that a problem's detail can name, if they are known. */
export interface ProblemCircumstances {
  readonly contacts?: Pick<Contacts, "serviceDesk" | "contractManagement">;
  readonly retryAfterSeconds?: number | null;
}

interface Words {
  /** " (telephone, e-mail)"; empty if unknown. */
  readonly serviceDesk: string;
  readonly contractManagement: string;
  /** "15 minuten", or "even". */
  readonly wait: string;
}

const details = translated<Record<ProblemSlug, (words: Words) => string>>({
  nl: {
    "invalid-request": () => "Een of meer gegevens kloppen niet. Verbeter ze en probeer het opnieuw.",
    "not-authenticated": () => "U bent niet ingelogd, of uw sessie is afgelopen. Log opnieuw in.",
    "invalid-credentials": () =>
      "De gebruikersnaam of het wachtwoord klopt niet. Controleer wat u hebt ingevuld. Weet u uw wachtwoord niet meer? Vraag dan een nieuw wachtwoord aan.",
    "current-password-wrong": () =>
      "Vul uw huidige wachtwoord in. Weet u het niet meer? Log dan uit en vraag een nieuw wachtwoord aan.",
    "not-allowed": () =>
      "Uw account heeft hier geen rechten voor. Vraag de beheerder van uw organisatie om hulp.",
    "password-expired": () => "U kunt niet meer inloggen met dit wachtwoord. Vraag een nieuw wachtwoord aan.",
    "account-inactive": () =>
      "U hebt lange tijd niet ingelogd. Daarom is uw account gestopt. U kunt het niet weer laten activeren. Vraag de beheerder van uw organisatie om u opnieuw toe te voegen.",
    "organisation-closed": ({ contractManagement }) =>
      `Uw organisatie heeft op dit moment geen toegang tot Portero. Vraag de beheerder van uw organisatie wat er aan de hand is. De beheerder kan contact opnemen met contractmanagement${contractManagement}.`,
    "not-found": () => "Wat u zoekt, bestaat niet of bestaat niet meer. Controleer het adres.",
    "email-in-use": () =>
      "Een andere gebruiker heeft dit e-mailadres al. Gebruik het eigen e-mailadres van deze persoon.",
    "agb-code-in-use": () => "Een andere organisatie heeft deze AGB-code al. Controleer de code.",
    "already-closed": () => "De toegang van deze organisatie is al gesloten. Bekijk de sluiting die er is.",
    "not-closed": () => "De toegang van deze organisatie is open. U hoeft niets te doen.",
    "role-not-here": () =>
      "Gebruikers van deze organisatie kunnen deze rol niet hebben. Kies een rol die bij de organisatie hoort.",
    "closure-not-grounded": () =>
      "Voor deze grond ontbreekt nog iets. Vul het dossier aan en probeer het opnieuw.",
    "account-not-usable": () =>
      "Het account is verwijderd of niet meer actief, of de organisatie heeft geen toegang meer. Heeft deze persoon weer toegang nodig? Voeg hem of haar dan opnieuw toe.",
    "no-new-users": () =>
      "Er is niemand toegevoegd. Gebruikers toevoegen kan weer zodra de organisatie weer toegang heeft.",
    "mail-not-deliverable": () =>
      "Er is niets verstuurd. Het e-mailadres werkt niet, of mail van ons is daar gemeld als ongewenst. Vul eerst een ander e-mailadres in.",
    "already-deleted": () => "Iemand heeft dit account al verwijderd. U hoeft niets meer te doen.",
    "own-account": () => "Vraag een andere beheerder van uw organisatie om uw account te verwijderen.",
    "last-administrator": () =>
      "De organisatie moet ten minste één beheerder houden. Laat eerst contractmanagement van CIZ een andere beheerder aanwijzen.",
    "still-usable": () =>
      "Alleen een account dat is verwijderd of niet meer actief is, kunt u opnieuw aanmaken. Wijzig de gegevens van het account of stuur een nieuwe link voor het wachtwoord.",
    "link-expired": () =>
      "U kunt deze link niet meer gebruiken. Een link werkt maar één keer en maar een paar uur, en alleen de nieuwste link werkt. Vraag een nieuwe link aan.",
    "precondition-failed": () =>
      "Uw wijziging is niet opgeslagen. Haal de gegevens opnieuw op, controleer ze en wijzig ze daarna opnieuw.",
    "payload-too-large": () => "U hebt te veel gegevens in één keer gestuurd. Stuur minder gegevens.",
    "unsupported-media-type": () =>
      "Wij kunnen deze gegevens niet lezen. Stuur ze in de vorm die bij dit adres hoort.",
    "password-rejected": () => "Het wachtwoord voldoet niet aan alle regels. Kies een ander wachtwoord.",
    "email-not-personal": () =>
      "Een account is van één persoon. Gebruik het eigen e-mailadres van deze persoon, en geen adres van een afdeling, zoals info@ of planning@.",
    "public-domain": () =>
      "Gebruik de e-maildomeinen van de organisatie zelf. Domeinen van openbare aanbieders, zoals gmail.com, kunnen niet.",
    "email-outside-domain": () =>
      "Het e-mailadres moet een adres van de organisatie zijn. Gebruik het eigen e-mailadres dat deze persoon bij de organisatie heeft.",
    "export-too-large": () => "Zoek gerichter, zodat de lijst korter wordt, en maak dan het bestand.",
    "import-rejected": () =>
      "Er is niemand toegevoegd. Verbeter de genoemde regels van het bestand en stuur het opnieuw.",
    "idempotency-key-reused": () =>
      "Met deze Idempotency-Key is eerder iets anders gevraagd. Gebruik voor een nieuwe aanvraag een nieuwe sleutel.",
    "precondition-required": () =>
      "Stuur de header If-Match mee, met de ETag van de gegevens die u wilt wijzigen.",
    "too-many-attempts": ({ wait }) =>
      `U hebt het te vaak geprobeerd. Wacht ${wait} en probeer het daarna opnieuw.`,
    "internal-error": ({ serviceDesk }) =>
      `Er ging iets mis bij ons. Probeer het later opnieuw. Gaat het weer mis? Neem dan contact op met de servicedesk${serviceDesk}.`,
    "import-unfinished": ({ wait }) =>
      `Uw bestand is goed ontvangen, maar nog niet alle gebruikers zijn toegevoegd. Dat gaat vanzelf verder. Wacht ${wait} en kijk dan in de lijst van gebruikers. Stuur het bestand niet als een nieuwe import.`,
    "temporarily-unavailable": ({ wait }) =>
      `Een onderdeel van ons systeem werkt nu niet. Wacht ${wait} en probeer het opnieuw. Wilde u iets wijzigen? Kijk dan eerst of dat al gelukt is.`,
  },
  en: {
    "invalid-request": () => "Some of the data is not right. Correct it and try again.",
    "not-authenticated": () => "You are not signed in, or your session has ended. Sign in again.",
    "invalid-credentials": () =>
      "The user name or the password is not right. Check what you filled in. Have you forgotten your password? Then ask for a new one.",
    "current-password-wrong": () =>
      "Fill in your current password. Have you forgotten it? Then sign out and ask for a new one.",
    "not-allowed": () =>
      "Your account has no rights for this. Ask the administrator of your organisation for help.",
    "password-expired": () => "You can no longer sign in with this password. Ask for a new password.",
    "account-inactive": () =>
      "You have not signed in for a long time. That is why your account has ended. It cannot be activated again. Ask the administrator of your organisation to add you again.",
    "organisation-closed": ({ contractManagement }) =>
      `Your organisation has no access to Portero at the moment. Ask the administrator of your organisation what is going on. The administrator can contact contract management${contractManagement}.`,
    "not-found": () => "What you are looking for does not exist, or no longer does. Check the address.",
    "email-in-use": () => "Another user has this e-mail address. Use this person's own e-mail address.",
    "agb-code-in-use": () => "Another organisation has this AGB code. Check the code.",
    "already-closed": () =>
      "Access for this organisation is closed already. Look at the closure that there is.",
    "not-closed": () => "Access for this organisation is open. You need not do anything.",
    "role-not-here": () =>
      "Users of this organisation cannot have this role. Choose a role that belongs to the organisation.",
    "closure-not-grounded": () =>
      "Something is still missing for this ground. Complete the file and try again.",
    "account-not-usable": () =>
      "The account has been deleted or is no longer active, or the organisation has no access any more. Does this person need access again? Then add them again.",
    "no-new-users": () =>
      "Nobody has been added. Users can be added again once the organisation has access again.",
    "mail-not-deliverable": () =>
      "Nothing has been sent. The e-mail address does not work, or our mail was reported there as unwanted. Fill in another e-mail address first.",
    "already-deleted": () => "Someone has already deleted this account. There is nothing more for you to do.",
    "own-account": () => "Ask another administrator of your organisation to delete your account.",
    "last-administrator": () =>
      "The organisation must keep at least one administrator. Ask contract management at CIZ to appoint another administrator first.",
    "still-usable": () =>
      "Only an account that has been deleted or is no longer active can be created again. Change the details of the account, or send a new password link.",
    "link-expired": () =>
      "You can no longer use this link. A link works only once and only for a few hours, and only the newest link works. Ask for a new link.",
    "precondition-failed": () =>
      "Your change has not been saved. Fetch the data again, check it, and then change it again.",
    "payload-too-large": () => "You sent too much data at once. Send less data.",
    "unsupported-media-type": () =>
      "We cannot read this data. Send it in the form that belongs to this address.",
    "password-rejected": () => "The password does not meet all the rules. Choose another password.",
    "email-not-personal": () =>
      "An account belongs to one person. Use this person's own e-mail address, and not that of a department, such as info@ or planning@.",
    "public-domain": () =>
      "Use the e-mail domains of the organisation itself. Domains of public providers, such as gmail.com, cannot be used.",
    "email-outside-domain": () =>
      "The e-mail address must be an address of the organisation. Use the e-mail address that this person has at the organisation.",
    "export-too-large": () => "Search more precisely, so that the list is shorter, and then make the file.",
    "import-rejected": () =>
      "Nobody has been added. Correct the lines of the file that are named and send it again.",
    "idempotency-key-reused": () =>
      "Something else was asked with this Idempotency-Key before. Use a new key for a new request.",
    "precondition-required": () =>
      "Send the header If-Match along, with the ETag of the data that you want to change.",
    "too-many-attempts": ({ wait }) => `You have tried too often. Wait ${wait} and then try again.`,
    "internal-error": ({ serviceDesk }) =>
      `Something went wrong on our side. Try again later. Does it go wrong again? Then contact the service desk${serviceDesk}.`,
    "import-unfinished": ({ wait }) =>
      `Your file was accepted, but not all of its users have been added yet. That goes on by itself. Wait ${wait} and then look at the list of users. Do not send the file as a new import.`,
    "temporarily-unavailable": ({ wait }) =>
      `Part of our system is not working at the moment. Wait ${wait} and try again. Were you changing something? Check first whether that has been done.`,
  },
});

const aWhile = translated({ nl: "even", en: "a moment" });

/** Two plain sentences: what happened, and what to do next. */
export function problemDetail(
  slug: ProblemSlug,
  language: Language,
  { contacts, retryAfterSeconds }: ProblemCircumstances = {},
): string {
  return details[language][slug]({
    serviceDesk: contacts ? ` (${contacts.serviceDesk.phone}, ${contacts.serviceDesk.email})` : "",
    contractManagement: contacts ? ` (${contacts.contractManagement.email})` : "",
    wait: retryAfterSeconds ? waitingTime(retryAfterSeconds, language) : aWhile[language],
  });
}

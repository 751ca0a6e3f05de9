import { translated } from "../language.ts";

/** What stands around every page: heading, help and the words of an error summary. */
export const frameTexts = translated({
  nl: {
    product: "Gebruikersbeheer Portero",
    skip: "Direct naar de inhoud",
    errorPrefix: "Fout: ",
    summaryTitle: "Er is iets niet goed ingevuld",
    menu: "Menu",
    welcome: "Welkom",
    users: "Gebruikers",
    organisation: "Organisatie",
    signOut: "Log uit",
    signedInAs: "Ingelogd als",
    version: "versie",
    help: "Hulp",
    helpAdministratorTitle: "De beheerder van uw organisatie",
    helpAdministrator:
      "Hebt u een vraag over uw account? Vraag het eerst aan de beheerder van uw organisatie.",
    helpServiceDesk:
      "Komt u er samen niet uit? Neem contact op met de servicedesk. Noem uw organisatie en uw telefoonnummer, zeg duidelijk wat er misgaat en hoe ernstig het is.",
    helpContractManagement:
      "Gaat het over het contract, over contactpersonen of over beheerders? Mail contractmanagement.",
    phone: "Telefoon",
    email: "E-mail",
    serviceDesk: "Servicedesk",
    contractManagement: "Contractmanagement",
    crossSite:
      "Dit formulier is niet vanaf onze eigen pagina verstuurd. Er is niets veranderd. Open de pagina opnieuw en vul het formulier daar in.",
    toSignIn: "Naar de inlogpagina",
    toWelcome: "Naar de welkomstpagina",
    ask: "Nieuw wachtwoord aanvragen",
  },
  en: {
    product: "Portero user administration",
    skip: "Skip to the content",
    errorPrefix: "Error: ",
    summaryTitle: "Something was not filled in correctly",
    menu: "Menu",
    welcome: "Welcome",
    users: "Users",
    organisation: "Organisation",
    signOut: "Sign out",
    signedInAs: "Signed in as",
    version: "version",
    help: "Help",
    helpAdministratorTitle: "The administrator of your organisation",
    helpAdministrator:
      "Do you have a question about your account? First ask the administrator of your organisation.",
    helpServiceDesk:
      "Is that not enough? Contact the service desk. Give your organisation and your telephone number, and say clearly what goes wrong and how serious it is.",
    helpContractManagement:
      "Is it about the contract, about contact persons or about administrators? Mail contract management.",
    phone: "Telephone",
    email: "E-mail",
    serviceDesk: "Service desk",
    contractManagement: "Contract management",
    crossSite:
      "This form was not sent from our own page. Nothing has changed. Open the page again and fill in the form there.",
    toSignIn: "To the sign-in page",
    toWelcome: "To the welcome page",
    ask: "Ask for a new password",
  },
});

import { translated } from "../language.ts";
import { quantity } from "../quantities.ts";

/** The form that requests a password link. The page after it is the same for every login name (SECURITY 10). */
export const linkRequestTexts = translated({
  nl: {
    title: "Nieuw wachtwoord aanvragen",
    intro: "Vul uw gebruikersnaam in. U krijgt een mail met een link. Met die link stelt u uw wachtwoord in.",
    username: "Gebruikersnaam",
    usernameHint: "Uw gebruikersnaam staat in de welkomstmail.",
    button: "Wachtwoord aanvragen",
    sentTitle: "Kijk in uw mail",
    sent: "Kennen wij deze gebruikersnaam? Dan is er een mail met een link naar u onderweg.",
    linkLasts: (hours: number) =>
      `De link werkt ${quantity(hours, "hour", "nl")} en maar één keer. Vraagt u nog een link aan, dan werkt alleen de nieuwste.`,
    notReceivedTitle: "Geen mail gekregen?",
    notReceived: [
      "Wacht een paar minuten.",
      "Kijk ook in de map met ongewenste mail.",
      "Controleer uw gebruikersnaam en vraag zo nodig opnieuw een link aan.",
      "Lukt het niet? Vraag de beheerder van uw organisatie of uw e-mailadres klopt.",
    ],
    again: "Opnieuw aanvragen",
  },
  en: {
    title: "Ask for a new password",
    intro: "Fill in your user name. You will get a mail with a link, with which you set your password.",
    username: "User name",
    usernameHint: "Your user name is in the welcome mail.",
    button: "Ask for password",
    sentTitle: "Check your mail",
    sent: "If we know this user name, a mail with a link is on its way to you.",
    linkLasts: (hours: number) =>
      `The link works for ${quantity(hours, "hour", "en")} and only once. If you ask for another link, only the newest works.`,
    notReceivedTitle: "Have you not received a mail?",
    notReceived: [
      "Wait a few minutes.",
      "Look in your spam folder as well.",
      "Check your user name and, if need be, ask for a link again.",
      "Does it still not work? Ask the administrator of your organisation whether your e-mail address is right.",
    ],
    again: "Ask again",
  },
});

/** The form for people who forgot their login name. */
export const loginNameReminderTexts = translated({
  nl: {
    title: "Gebruikersnaam vergeten",
    intro: "Vul uw e-mailadres in. U krijgt een mail met uw gebruikersnaam.",
    email: "E-mailadres",
    emailHint: "Het adres waarop u de mails over Portero krijgt.",
    button: "Gebruikersnaam opvragen",
    sentTitle: "Kijk in uw mail",
    sent: "Kennen wij dit e-mailadres? Dan is er een mail met uw gebruikersnaam naar u onderweg.",
    notReceivedTitle: "Geen mail gekregen?",
    notReceived: [
      "Wacht een paar minuten.",
      "Kijk ook in de map met ongewenste mail.",
      "Controleer uw e-mailadres en vraag zo nodig opnieuw.",
      "Lukt het niet? Vraag de beheerder van uw organisatie welk e-mailadres bij uw account hoort.",
    ],
    again: "Opnieuw opvragen",
  },
  en: {
    title: "Forgotten user name",
    intro: "Fill in your e-mail address. You will get a mail with your user name.",
    email: "E-mail address",
    emailHint: "The address at which you get the mails about Portero.",
    button: "Ask for user name",
    sentTitle: "Check your mail",
    sent: "If we know this e-mail address, a mail with your user name is on its way to you.",
    notReceivedTitle: "Have you not received a mail?",
    notReceived: [
      "Wait a few minutes.",
      "Look in your spam folder as well.",
      "Check your e-mail address and, if need be, ask again.",
      "Does it still not work? Ask the administrator of your organisation which e-mail address your account has.",
    ],
    again: "Ask again",
  },
});

/** The form for changing one's own password while signed in. */
export const changePasswordTexts = translated({
  nl: {
    title: "Wachtwoord wijzigen",
    intro: "Vul uw huidige wachtwoord in en kies een nieuw wachtwoord.",
    current: "Huidig wachtwoord",
    button: "Wachtwoord wijzigen",
    cancel: "Annuleren",
    unavailableTitle: "Uw wachtwoord is nog niet gewijzigd",
    doneTitle: "Uw wachtwoord is gewijzigd",
    done: "Gebruik vanaf nu uw nieuwe wachtwoord. Was u ergens anders nog ingelogd, dan bent u daar nu uitgelogd.",
    further: "Verder",
  },
  en: {
    title: "Change password",
    intro: "Fill in your current password and choose a new one.",
    current: "Current password",
    button: "Change password",
    cancel: "Cancel",
    unavailableTitle: "Your password has not been changed yet",
    doneTitle: "Your password has been changed",
    done: "Use your new password from now on. If you were still signed in anywhere else, you are signed out there now.",
    further: "Continue",
  },
});

export const setPasswordTexts = translated({
  nl: {
    title: "Wachtwoord instellen",
    intro: "Kies een nieuw wachtwoord voor deze gebruikersnaam.",
    username: "Gebruikersnaam",
    password: "Nieuw wachtwoord",
    repeat: "Nieuw wachtwoord nog een keer",
    rules: "Regels voor uw wachtwoord",
    broken: "Niet goed: ",
    met: "Goed",
    unmet: "Nog niet goed",
    button: "Wachtwoord instellen",
    different: "De twee wachtwoorden zijn niet gelijk. Vul twee keer hetzelfde wachtwoord in.",
    unavailableTitle: "Uw wachtwoord is nog niet ingesteld",
    linkStillWorks: "Uw link blijft geldig.",
    doneTitle: "Uw wachtwoord is ingesteld",
    done: "U kunt nu inloggen met uw gebruikersnaam en uw nieuwe wachtwoord. Was u ergens anders nog ingelogd, dan bent u daar nu uitgelogd.",
    setAndSignedIn:
      "Uw wachtwoord is ingesteld en u bent ingelogd. Was u ergens anders nog ingelogd, dan bent u daar nu uitgelogd.",
    validFor: (months: number) => `Uw wachtwoord is ${quantity(months, "month", "nl")} geldig.`,
    toPortero: "Naar Portero",
    toSignIn: "Inloggen in het gebruikersbeheer",
  },
  en: {
    title: "Set password",
    intro: "Choose a new password for this user name.",
    username: "User name",
    password: "New password",
    repeat: "New password once more",
    rules: "Rules for your password",
    broken: "Not met: ",
    met: "Met",
    unmet: "Not met yet",
    button: "Set password",
    different: "The two passwords are not the same. Fill in the same password twice.",
    unavailableTitle: "Your password has not been set yet",
    linkStillWorks: "Your link remains valid.",
    doneTitle: "Your password has been set",
    done: "You can now sign in with your user name and your new password. If you were still signed in anywhere else, you are signed out there now.",
    setAndSignedIn:
      "Your password has been set and you are signed in. If you were still signed in anywhere else, you are signed out there now.",
    validFor: (months: number) => `Your password is valid for ${quantity(months, "month", "en")}.`,
    toPortero: "To Portero",
    toSignIn: "Sign in to the user administration",
  },
});

import type { Language } from "./language.ts";

const requested: Record<Language, string> = {
  nl: "Als wij deze gebruikersnaam kennen, is er een mail met een link onderweg. Kijk ook bij uw ongewenste mail.",
  en: "If we know this user name, a mail with a link is on its way. Check your spam folder, too.",
};

const ordered: Record<Language, string> = {
  nl: "De mail met de link is onderweg. Links die deze gebruiker eerder kreeg, werken niet meer.",
  en: "The mail with the link is on its way. Links that this user got before no longer work.",
};

export function passwordLinkOrdered(language: Language): string {
  return ordered[language];
}

/** The same text for known and unknown login names. */
export function passwordLinkRequested(language: Language): string {
  return requested[language];
}

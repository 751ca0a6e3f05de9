import type { Language } from "./language.ts";

const requested: Record<Language, string> = {
  nl: "Als wij deze gebruikersnaam kennen, is er een mail met een link onderweg. Kijk ook bij uw ongewenste mail.",
  en: "If we know this user name, a mail with a link is on its way. Check your spam folder, too.",
};

/** Says nothing about whether the login name is known. */
export function passwordLinkRequested(language: Language): string {
  return requested[language];
}

import type { Language } from "./language.ts";

const requested: Record<Language, string> = {
  nl: "Als wij dit e-mailadres kennen, is er een mail met uw gebruikersnaam onderweg. Kijk ook bij uw ongewenste mail.",
  en: "If we know this e-mail address, a mail with your user name is on its way. Check your spam folder, too.",
};

/** The same text for known and unknown e-mail addresses. */
export function loginNameReminderRequested(language: Language): string {
  return requested[language];
}

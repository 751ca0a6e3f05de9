import { translated } from "../language.ts";

/** Messages about a saved form, whose sender had to sign in again. */
export const resumeTexts = translated({
  nl: {
    title: "U bent weer ingelogd",
    kept: "Wat u had ingevuld, is er nog. Het is nog niet verstuurd.",
    back: "Terug naar het formulier",
    notSentTitle: "Er is nog niets verstuurd",
    notSent: "U was uitgelogd. Hieronder staat wat u had ingevuld. Controleer het en verstuur het opnieuw.",
  },
  en: {
    title: "You are signed in again",
    kept: "What you had filled in is still here. It has not been sent yet.",
    back: "Back to the form",
    notSentTitle: "Nothing has been sent yet",
    notSent: "You had been signed out. What you had filled in is below. Check it and send it again.",
  },
});

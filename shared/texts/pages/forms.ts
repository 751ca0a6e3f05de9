import { translated } from "../language.ts";

/** Texts that any form can need. */
export const formTexts = translated({
  nl: {
    sentBefore:
      "U hebt dit formulier al verstuurd, met iets anders erin. Kijk eerst wat er is vastgelegd. Wilt u dit ook versturen? Verstuur het dan nog een keer.",
  },
  en: {
    sentBefore:
      "You have sent this form already, with something else in it. First look at what is on record. Do you want to send this too? Then send it once more.",
  },
});

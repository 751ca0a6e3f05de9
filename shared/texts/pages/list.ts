import { translated } from "../language.ts";

/** What lists have in common. */
export const listTexts = translated({
  nl: { first: "Eerste bladzijde", next: "Volgende bladzijde", pages: "Bladzijden" },
  en: { first: "First page", next: "Next page", pages: "Pages" },
});

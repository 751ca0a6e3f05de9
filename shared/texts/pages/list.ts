import { translated } from "../language.ts";

/** Texts that all lists share. */
export const listTexts = translated({
  nl: {
    first: "Eerste bladzijde",
    next: "Volgende bladzijde",
    pages: "Bladzijden",
    find: "Zoek",
    clear: "Wis filter",
  },
  en: { first: "First page", next: "Next page", pages: "Pages", find: "Search", clear: "Clear filter" },
});

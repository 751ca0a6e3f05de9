export type Language = "nl" | "en";

export function isLanguage(text: string | null | undefined): text is Language {
  return text === "nl" || text === "en";
}

/** One value per language. */
export type Translated<T> = Readonly<Record<Language, T>>;

/** Texts in both languages; missing or extra English keys are type errors. */
export function translated<T>(texts: { readonly nl: T; readonly en: NoInfer<T> }): Translated<T> {
  return texts;
}

interface LanguageRange {
  readonly tag: string;
  readonly quality: number;
}

function parseRange(text: string): LanguageRange | null {
  const match =
    /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(text);
  return match?.[1] === undefined ? null : { tag: match[1].toLowerCase(), quality: Number(match[2] ?? 1) };
}

/**
 * Dutch, unless the reader prefers English (RFC 9110 §12.5.4, with the ranges of RFC 4647 §3.4). For equal weights
 * the first one wins; `*` alone means Dutch.
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? "").split(",").flatMap((text) => parseRange(text) ?? []);
  const wish = (language: Language) => {
    const own = ranges.filter(({ tag }) => tag === language || tag.startsWith(`${language}-`));
    const rest = ranges.find(({ tag }) => tag === "*");
    const [best] = own.toSorted((a, b) => b.quality - a.quality);
    return { quality: (best ?? rest)?.quality ?? 0, place: best ? ranges.indexOf(best) : Infinity };
  };
  const [nl, en] = [wish("nl"), wish("en")];
  if (en.quality === nl.quality) return en.quality > 0 && en.place < nl.place ? "en" : "nl";
  return en.quality > nl.quality ? "en" : "nl";
}

/** Letters, most of them Latin, that Unicode does not decompose into a base letter and marks. */
const undecomposed: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ŧ: "t",
  ı: "i",
  ŋ: "ng",
  ĸ: "k",
  ƒ: "f",
  ə: "e",
  ɨ: "i",
  ʉ: "u",
  ǥ: "g",
  ɓ: "b",
  ɗ: "d",
  ƙ: "k",
  ŀ: "l",
  ʼ: "",
  // Lower-casing gives this form at the end of a word and the other form elsewhere.
  ς: "σ",
};

const asciiOnly = /^\p{ASCII}*$/u;

/**
 * Makes text comparable: lower case, without accents, with ligatures taken apart (`Çelik` equals `celik`, `Ĳ`
 * equals `ij`, `Strauß` equals `strauss`). Letters of scripts other than Latin stay.
 */
export function fold(text: string): string {
  if (asciiOnly.test(text)) return text.toLowerCase();
  const marksAway = text.normalize("NFKD").toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return marksAway.replaceAll(/[^\p{ASCII}]/gu, (letter) => undecomposed[letter] ?? letter);
}

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const apostrophes = /[‘’ʼ`´′]/g;

/** Leaves out characters that nobody sees, which could keep two texts apart that look the same. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(invisible, "");
}

/** Makes text comparable for searches: invisible characters are none, and typographic and plain apostrophes are one. */
export function searchable(text: string): string {
  return fold(withoutInvisible(text).replaceAll(apostrophes, "'"));
}

/** The letters a to z of a text after folding, without letters of other scripts, digits and signs. */
export function asciiLetters(text: string): string {
  return fold(text).replaceAll(/[^a-z]/g, "");
}

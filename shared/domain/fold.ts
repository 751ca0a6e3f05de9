/** Letters that Unicode does not decompose into a base letter and marks, most of them Latin. */
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
  // The form that a sigma has at the end of a word only.
  ς: "σ",
};

const asciiOnly = /^\p{ASCII}*$/u;

/**
 * Text as it is compared: lower case, without accents, ligatures taken apart (`Çelik` and `celik`, `Ĳ` and
 * `ij`, `Strauß` and `strauss` are alike). Scripts other than Latin keep their letters.
 */
export function fold(text: string): string {
  if (asciiOnly.test(text)) return text.toLowerCase();
  const marksAway = text.normalize("NFKD").toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return marksAway.replaceAll(/[^\p{ASCII}]/gu, (letter) => undecomposed[letter] ?? letter);
}

/** The letters a to z of a text after folding; letters of other scripts, digits and signs are left out. */
export function asciiLetters(text: string): string {
  return fold(text).replaceAll(/[^a-z]/g, "");
}

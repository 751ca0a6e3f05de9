import { writeFileSync } from "node:fs";
import passwords from "@zxcvbn-ts/language-common/dist/passwords.json.mjs";

/**
 * Writes common-passwords.ts (`npm run generate:common-passwords`): the commonest passwords that the other rules would
 * accept in some spelling with capitals, and the commonest words among passwords.
 */
const most = 3000;
const passesOtherRules = (word: string) => word.length >= 8 && /[a-z]/.test(word) && /[^a-z]/.test(word);

/** Words that become a password that passes with a few digits and signs: `Welkom123!` (SECURITY 5). */
const mostWords = 3000;
const isWord = (word: string) => /^[a-z]{4,}$/.test(word);
const dutchWords = [
  ...[
    "welkom",
    "wachtwoord",
    "geheim",
    "inloggen",
    "toegang",
    "hallo",
    "qwerty",
    "azerty",
    "computer",
    "nederland",
  ],
  ...["lente", "voorjaar", "zomer", "herfst", "najaar", "winter"],
  ...["januari", "februari", "maart", "april", "juni", "juli", "augustus"],
  ...["september", "oktober", "november", "december"],
  ...["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
  ...["amsterdam", "rotterdam", "utrecht", "eindhoven", "feyenoord", "ajax"],
];
const dutch = [
  "welkom01",
  "welkom123",
  "welkom1234",
  "wachtwoord1",
  "wachtwoord01",
  "wachtwoord123",
  "geheim123",
];
const words = [
  ...new Set([
    ...[...dutch, ...passwords.filter(passesOtherRules)].slice(0, most),
    ...[...dutchWords, ...passwords.filter(isWord)].slice(0, mostWords),
  ]),
];
const text = `// Made by generate-common-passwords.ts from @zxcvbn-ts/language-common (MIT); do not edit.
export const commonPasswords = ${JSON.stringify(words.join(" "))};
`;
writeFileSync(new URL("common-passwords.ts", import.meta.url), text);

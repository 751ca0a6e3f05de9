import { writeFileSync } from "node:fs";
import passwords from "@zxcvbn-ts/language-common/dist/passwords.json.mjs";

/**
 * Writes common-passwords.ts (`npm run generate:common-passwords`): the commonest passwords, commonest first, that the
 * other rules would accept in some spelling with capitals.
 */
const most = 3000;
const passesOtherRules = (word: string) => word.length >= 8 && /[a-z]/.test(word) && /[^a-z]/.test(word);
const dutch = [
  "welkom01",
  "welkom123",
  "welkom1234",
  "wachtwoord1",
  "wachtwoord01",
  "wachtwoord123",
  "geheim123",
];
const words = [...new Set([...dutch, ...passwords.filter(passesOtherRules)])].slice(0, most);
const text = `// Made by generate-common-passwords.ts from @zxcvbn-ts/language-common (MIT); do not edit.
export const commonPasswords = ${JSON.stringify(words.join(" "))};
`;
writeFileSync(new URL("common-passwords.ts", import.meta.url), text);

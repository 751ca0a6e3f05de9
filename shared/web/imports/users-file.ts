import { importTexts } from "../../texts/pages/import.ts";
import { routes } from "../../operations/imports/routes.ts";
import { decodeText, type DecodedText } from "../../operations/kit/decode-text.ts";
import type { FormError } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";

/** The first form sends a file; the form that confirms it sends the file's text again. */
export const [fileField, textField] = ["bestand", "tekst"];

type UsersFile =
  { readonly text: DecodedText; readonly error: null } | { readonly text: null; readonly error: FormError };

const { mostBytes } = routes.importUsers.text;

/** The first bytes of a zip file, and so of a spreadsheet that was not saved as CSV. */
const zipped = "PK\u0003\u0004";

/** The file's text, or the reason why the operation is not called. */
export async function readFile(form: FormData, { language }: Site): Promise<UsersFile> {
  const texts = importTexts[language];
  const file = form.get(fileField);
  if (!(file instanceof File) || file.size === 0) return invalidFile(texts.noFile);
  if (file.size > mostBytes) return invalidFile(texts.tooLarge);
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  return text.text.startsWith(zipped) ? invalidFile(texts.spreadsheet) : { text, error: null };
}

const invalidFile = (text: string): UsersFile => ({ text: null, error: { field: fileField, text } });

/** The text that the preview page sent back. */
export function readText(form: FormData): string {
  const text = form.get(textField);
  return typeof text === "string" ? text : "";
}

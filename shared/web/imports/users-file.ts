import { importTexts } from "../../texts/pages/import.ts";
import { routes } from "../../operations/imports/routes.ts";
import type { FormError } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";

/** What the forms call the file, and its text once it has been looked at. */
export const [fileField, textField] = ["bestand", "tekst"];

type UsersFile =
  { readonly text: string; readonly error: null } | { readonly text: null; readonly error: FormError };

const { mostBytes } = routes.importUsers.text;

/** How files of spreadsheet programs begin, as all that are zipped do. */
const zipped = "PK\u0003\u0004";

/** The text of the file that was chosen, for the operation to read; or why there is nothing to read. */
export async function readFile(form: FormData, { language }: Site): Promise<UsersFile> {
  const texts = importTexts[language];
  const file = form.get(fileField);
  if (!(file instanceof File) || file.size === 0) return refused(texts.noFile);
  if (file.size > mostBytes) return refused(texts.tooLarge);
  const text = Buffer.from(await file.arrayBuffer()).toString("utf8");
  return text.startsWith(zipped) ? refused(texts.spreadsheet) : { text, error: null };
}

const refused = (text: string): UsersFile => ({ text: null, error: { field: fileField, text } });

/** The text that the page before has looked at already. */
export function readText(form: FormData): string {
  const text = form.get(textField);
  return typeof text === "string" ? text : "";
}

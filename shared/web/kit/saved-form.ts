/** A form that arrived after its session had ended; the sign-in form carries it along (docs/adr/0029). */
export interface SavedForm {
  /** The user of the session that ended; nobody else gets the form back. */
  readonly username: string;
  /** Where the form is sent to, without the public base path. */
  readonly path: string;
  readonly fields: readonly SavedField[];
}

export type SavedField = readonly [name: string, value: string];

const usernameField = "getypt-door";
const pathField = "formulier";
/** Keeps the saved form's field names apart from the sign-in form's own. */
const prefix = "getypt.";

/** Hidden fields for the sign-in form. */
export function savedFormFields({ username, path, fields }: SavedForm): SavedField[] {
  return [
    [usernameField, username],
    [pathField, path],
    ...fields.map(([name, value]): SavedField => [prefix + name, value]),
  ];
}

/** Null if the sign-in form carries no saved form. */
export function readSavedForm(form: URLSearchParams): SavedForm | null {
  const [username, path] = [form.get(usernameField), form.get(pathField)];
  if (username === null || path === null) return null;
  const carried = [...form].filter(([name]) => name.startsWith(prefix));
  return { username, path, fields: carried.map(([name, value]) => [name.slice(prefix.length), value]) };
}

/** Marks a request that only shows a saved form again, so that nothing is written. */
export const restoredQuery = { name: "hervat", value: "ja" } as const;

/** What somebody typed into a form that arrived after their session had ended, carried past signing in (ADR 29). */
export interface SavedForm {
  /** The login name of whose session it was. */
  readonly username: string;
  /** Where the form is sent to, without the public base path. */
  readonly path: string;
  readonly fields: readonly SavedField[];
}

export type SavedField = readonly [name: string, value: string];

const usernameField = "getypt-door";
const pathField = "formulier";
/** Keeps the names of fields apart from those that the form for signing in has itself. */
const prefix = "getypt.";

/** As hidden fields of the form for signing in. */
export function savedFormFields({ username, path, fields }: SavedForm): SavedField[] {
  return [
    [usernameField, username],
    [pathField, path],
    ...fields.map(([name, value]): SavedField => [prefix + name, value]),
  ];
}

/** What a form for signing in carries; null where it carries nothing. */
export function readSavedForm(form: URLSearchParams): SavedForm | null {
  const [username, path] = [form.get(usernameField), form.get(pathField)];
  if (username === null || path === null) return null;
  const carried = [...form].filter(([name]) => name.startsWith(prefix));
  return { username, path, fields: carried.map(([name, value]) => [name.slice(prefix.length), value]) };
}

/** In the address that shows a form again: nothing is done with it yet. */
export const restoredQuery = { name: "hervat", value: "ja" } as const;

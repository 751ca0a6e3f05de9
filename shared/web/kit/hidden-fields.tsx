import type { SavedField } from "./saved-form.ts";

/** What a form carries along unseen. */
export function HiddenFields({ fields }: { fields: readonly SavedField[] }) {
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

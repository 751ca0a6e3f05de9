import type { SavedField } from "./saved-form.ts";

/** Values that a form sends back without showing them. */
export function HiddenFields({ fields }: { fields: readonly SavedField[] }) {
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

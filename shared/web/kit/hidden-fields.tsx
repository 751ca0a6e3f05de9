import type { TypedField } from "./saved-form.ts";

/** What a form carries along unseen. */
export function HiddenFields({ fields }: { fields: readonly TypedField[] }) {
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

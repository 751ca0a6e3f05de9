/** Identifies a form, so that sending it twice is carried out once. */
export const formKeyField = "sleutel";

export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name={formKeyField} value={value} />;
}

/** The field that says which form this is, so that sending it twice does it once. */
export const formKeyField = "sleutel";

export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name={formKeyField} value={value} />;
}

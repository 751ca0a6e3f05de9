/** A value of a template or a token as text: JSON if it has parts, nothing if it is not there. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

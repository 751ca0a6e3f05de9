/** How much a media type is wanted; of the ranges that take it in, the most precise one says so (RFC 9110 §12.5.1). */
function wish(accept: string, type: string): { readonly quality: number; readonly named: boolean } {
  const ranges = accept.split(",").map((text) => {
    const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { range, weight: weight === undefined ? 1 : Number(weight) };
  });
  const [kind = ""] = type.split("/");
  for (const wanted of [type, `${kind}/*`, "*/*"]) {
    const found = ranges.find(({ range }) => range === wanted);
    if (found) return { quality: Number.isNaN(found.weight) ? 0 : found.weight, named: wanted === type };
  }
  return { quality: 0, named: false };
}

/**
 * Whether CSV is wanted rather than JSON; of two that are wanted as much it is the one that is named itself. Where
 * both are, or neither is, or nothing is said, it is JSON.
 */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const [csv, json] = [wish(accept, "text/csv"), wish(accept, "application/json")];
  if (csv.quality !== json.quality) return csv.quality > json.quality;
  return csv.quality > 0 && csv.named && !json.named;
}

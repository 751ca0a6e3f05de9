/** The quality of a media type in Accept, from the most specific range that includes it (RFC 9110 §12.5.1). */
function preference(accept: string, type: string): { readonly quality: number; readonly named: boolean } {
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
 * True if the caller prefers CSV to JSON. With equal quality a type that Accept names wins over one that only a
 * wildcard includes; if that does not decide either, the answer is JSON.
 */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const [csv, json] = [preference(accept, "text/csv"), preference(accept, "application/json")];
  if (csv.quality !== json.quality) return csv.quality > json.quality;
  return csv.quality > 0 && csv.named && !json.named;
}

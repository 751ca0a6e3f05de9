/** How much a media type is wanted; of the ranges that take it in, the most precise one says so (RFC 9110 §12.5.1). */
function quality(accept: string, type: string): number {
  const ranges = accept.split(",").map((text) => {
    const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { range, weight: weight === undefined ? 1 : Number(weight) };
  });
  const [kind = ""] = type.split("/");
  for (const wanted of [type, `${kind}/*`, "*/*"]) {
    const found = ranges.find(({ range }) => range === wanted);
    if (found) return Number.isNaN(found.weight) ? 0 : found.weight;
  }
  return 0;
}

/** Whether CSV is wanted rather than JSON; where both are alike, or nothing is said, it is JSON. */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  return quality(accept, "text/csv") > quality(accept, "application/json");
}

import { readFileSync } from "node:fs";

/** The cells of all tables of a document, without their headers. */
export function tablesOf(document: string): string[][][] {
  const tables = document.match(/(?:^\|.*\|\n)+/gm) ?? [];
  return tables.map((table) =>
    table
      .trim()
      .split("\n")
      .slice(2)
      .map((row) =>
        row
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
}

/** The rows of the first table of docs/cost.md: each request with its number of times, round trips and units. */
export function reckonedRequests() {
  const [requests = []] = tablesOf(readFileSync("docs/cost.md", "utf8"));
  return requests.map(([request = "", ...figures]) => {
    const [times = 0, roundTrips = 0, readUnits = 0, writeUnits = 0] = figures.map((figure) =>
      Number(figure.replaceAll(",", "")),
    );
    return { request: request.replaceAll("`", ""), times, roundTrips, readUnits, writeUnits };
  });
}

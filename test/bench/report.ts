/** One thing that was measured, with what it may be. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The most it may be; absent: told for what it is. */
  readonly budget?: number;
  /** Counts are the same on every machine; times are not, and a miss of one is a warning. */
  readonly kind: "count" | "time";
}

export interface PartReport {
  readonly part: string;
  readonly title: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  /** Lines that say more than a figure: what contributes, a profile's top entries. */
  readonly notes: readonly string[];
}

/** How a part tells what it found. */
export interface Findings {
  readonly figure: (figure: Omit<Figure, "kind"> & { readonly kind?: Figure["kind"] }) => void;
  readonly note: (line: string) => void;
  /** The current step. */
  readonly progress: (what: string) => void;
  /** Whatever is left to chance is drawn from this, so that a run can be repeated. */
  readonly seed: number;
}

export interface Part {
  readonly title: string;
  readonly run: (findings: Findings) => Promise<void>;
}

export const isMissed = ({ value, budget }: Figure): boolean =>
  budget !== undefined && !(value <= budget + 1e-9);

export const missedAmong = (reports: readonly PartReport[], kind: Figure["kind"]): readonly string[] =>
  reports.flatMap(({ part, figures }) =>
    figures.flatMap((one) => (one.kind === kind && isMissed(one) ? [`${part}: ${one.what}`] : [])),
  );

/** The figures as a table for people. */
export function table({ part, title, seconds, figures, notes }: PartReport): string {
  const rows = figures.map((one) => [
    one.what,
    shown(one.value),
    one.budget === undefined ? "" : shown(one.budget),
    one.unit,
    mark(one),
  ]);
  const head = ["", "measured", "budget", "", ""];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd(),
  );
  return [
    `\n${part}: ${title} (${seconds.toFixed(0)} s)\n`,
    ...lines,
    ...(notes.length ? ["", ...notes] : []),
  ].join("\n");
}

function mark(figure: Figure): string {
  if (!isMissed(figure)) return "";
  return figure.kind === "count" ? "MISSED" : "over (a time)";
}

function shown(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return value < 1 ? value.toPrecision(2) : value.toFixed(value < 100 ? 2 : 0);
}

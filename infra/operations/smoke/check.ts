import type { Place } from "./place.ts";

/** The result of a check; one check may have several, such as one for each function. */
export type Outcome =
  | { readonly result: "ok"; readonly seen: string }
  | { readonly result: "FAILED"; readonly seen: string; readonly todo: string }
  | { readonly result: "ask"; readonly instruction: string }
  | { readonly result: "skipped"; readonly reason: string };

/** A check of a running installation. It changes nothing there. */
export interface Check {
  /** Also its name in the table of docs/deploy.md. */
  readonly name: string;
  readonly run: (place: Place) => Promise<readonly Outcome[]>;
}

export const ok = (seen: string): Outcome => ({ result: "ok", seen });

export const failed = (seen: string, todo: string): Outcome => ({ result: "FAILED", seen, todo });

export const ask = (instruction: string): Outcome => ({ result: "ask", instruction });

export const skipped = (reason: string): Outcome => ({ result: "skipped", reason });

/** The outcomes of a list of faults: `ok` if there are none. */
export function faultsOr(seen: string, faults: readonly string[], todo: string): Outcome[] {
  return faults.length === 0 ? [ok(seen)] : faults.map((fault) => failed(fault, todo));
}

import { quantity } from "./quantities.ts";

/** Stored on a lapsed account as the reason; shown under "Opmerkingen". */
export function lapsedRemark(inactivityMonths: number): string {
  return `Automatisch inactief geworden: ${quantity(inactivityMonths, "month", "nl")} niet ingelogd.`;
}

/** Replaces any remark when personal data are erased. */
export const erasedRemark = "De persoonsgegevens zijn gewist, omdat de bewaartermijn voorbij is.";

import { quantity } from "./quantities.ts";

/** Stored on an account as the system's reason for its lapse; shown under "Opmerkingen". */
export function lapsedRemark(inactivityMonths: number): string {
  return `Automatisch inactief geworden: ${quantity(inactivityMonths, "month", "nl")} niet ingelogd.`;
}

/** Takes the place of any remark when personal data are erased. */
export const erasedRemark = "De persoonsgegevens zijn gewist, omdat de bewaartermijn voorbij is.";

import { hourOf } from "./refused-act.ts";
import type { Settings } from "./settings.ts";
import { plusHours, type Instant } from "./time.ts";
import type { User } from "./user.ts";

/**
 * A count of what one organisation's people do in a clock hour (DESIGN §2, Organisation data). They count for the
 * organisation of the one who acts: CIZ has a count of its own, and uses up no other organisation's.
 */
export interface HourlyCount {
  readonly kind: "mails" | "dry-runs";
  readonly organisationId: string;
  /** The beginning of the hour. */
  readonly hour: Instant;
  readonly add: number;
  readonly most: number;
  /** Until the next hour begins. */
  readonly secondsToWait: number;
}

export type HourlyLimits = Pick<Settings, "mailsPerOrganisationPerHour" | "dryRunsPerOrganisationPerHour">;

interface Act {
  readonly by: Pick<User, "organisationId">;
  readonly now: Date;
  readonly settings: HourlyLimits;
}

/** @param mails the number of mails that the act causes */
export function mailsCaused(mails: number, { by, now, settings }: Act): HourlyCount {
  return hourlyCount("mails", mails, { by, now, most: settings.mailsPerOrganisationPerHour });
}

/** An import that adds nobody: a dry run, or a file that is refused, which tells as much as a dry run. */
export function dryRun({ by, now, settings }: Act): HourlyCount {
  return hourlyCount("dry-runs", 1, { by, now, most: settings.dryRunsPerOrganisationPerHour });
}

function hourlyCount(
  kind: HourlyCount["kind"],
  add: number,
  { by, now, most }: Pick<Act, "by" | "now"> & { readonly most: number },
): HourlyCount {
  const hour = hourOf(now);
  const secondsToWait = Math.ceil((Date.parse(plusHours(hour, 1)) - now.getTime()) / 1000);
  return { kind, organisationId: by.organisationId, hour, add, most, secondsToWait };
}

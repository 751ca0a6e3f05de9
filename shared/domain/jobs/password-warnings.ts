import type { Settings } from "../settings.ts";
import { calendarDay, daysBetween, instant, type CalendarDay, type Instant } from "../time.ts";
import type { User } from "../user.ts";
import { addDays, startOfDay } from "./days.ts";

export type WarningSettings = Pick<
  Settings,
  "passwordWarningDays" | "passwordSecondWarningDays" | "passwordLastWarningDays"
>;

/** The numbers of days before a password's end on which its user is warned, first warning first. */
export function warningStages(settings: WarningSettings): readonly number[] {
  const { passwordWarningDays, passwordSecondWarningDays, passwordLastWarningDays } = settings;
  const stages = new Set([passwordWarningDays, passwordSecondWarningDays, passwordLastWarningDays]);
  return [...stages].sort((a, b) => b - a);
}

export interface PasswordWarning {
  /** The warning that is due; if several were missed, only the last one. Null if none is due yet. */
  readonly stage: number | null;
  /** The actual number of days left; a late warning has fewer than its stage. */
  readonly daysLeft: number;
  /** The day of the next warning; null after the last. */
  readonly next: CalendarDay | null;
}

/** The warning that is due for a password (DESIGN §2, Expiry); null for an expired one. */
export function passwordWarning(
  expiresAt: Instant,
  now: Date,
  settings: WarningSettings,
): PasswordWarning | null {
  if (expiresAt <= instant(now)) return null;
  const daysLeft = daysBetween(now, expiresAt);
  const stages = warningStages(settings);
  const later = stages.find((stage) => stage < daysLeft);
  return {
    stage: stages.findLast((stage) => stage >= daysLeft) ?? null,
    daysLeft,
    next: later === undefined ? null : addDays(calendarDay(expiresAt), -later),
  };
}

/** Passwords that end before this moment are due for their first warning. */
export function firstWarningBefore(now: Date, settings: WarningSettings): Instant {
  const [first = 0] = warningStages(settings);
  return startOfDay(addDays(calendarDay(now), first + 1));
}

/** The reason why a user is not warned. If `final` is true, this password needs no further warning. */
export interface Unwarned {
  readonly reason: string;
  readonly final: boolean;
}

/** @param expiresAt the end of the password that the warning is about */
export function whyNotWarned(user: User | null, expiresAt: Instant): Unwarned {
  if (!user) return { reason: "gone", final: true };
  if (user.status !== "active") return { reason: user.status, final: true };
  if (user.passwordExpiresAt !== expiresAt) return { reason: "renewed", final: true };
  return { reason: user.mailStatus, final: false };
}

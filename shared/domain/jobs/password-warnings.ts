import type { Settings } from "../settings.ts";
import { calendarDay, daysBetween, instant, type CalendarDay, type Instant } from "../time.ts";
import type { User } from "../user.ts";
import { addDays, startOfDay } from "./days.ts";

export type WarningSettings = Pick<
  Settings,
  "passwordWarningDays" | "passwordSecondWarningDays" | "passwordLastWarningDays"
>;

/** How many days before a password's end its user is warned, the first warning first. */
export function warningStages(settings: WarningSettings): readonly number[] {
  const { passwordWarningDays, passwordSecondWarningDays, passwordLastWarningDays } = settings;
  const stages = new Set([passwordWarningDays, passwordSecondWarningDays, passwordLastWarningDays]);
  return [...stages].sort((a, b) => b - a);
}

export interface PasswordWarning {
  /** Which warning is due: of those that were missed, only the last. Null: none yet. */
  readonly stage: number | null;
  /** How many days the password is valid from now, in truth: a late warning says fewer than its stage. */
  readonly daysLeft: number;
  /** The day of the next warning; null after the last. */
  readonly next: CalendarDay | null;
}

/** What is to be done about a password that ends at a moment (DESIGN §2, Expiry); null once it has ended. */
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

/** Before which moment a password must end for its first warning to be due. */
export function firstWarningBefore(now: Date, settings: WarningSettings): Instant {
  const [first = 0] = warningStages(settings);
  return startOfDay(addDays(calendarDay(now), first + 1));
}

/** Why a user is not warned; `final`: there will be nothing more to say about this password. */
export interface Unwarned {
  readonly reason: string;
  readonly final: boolean;
}

/** @param expiresAt the end of the password that the warning would be about */
export function whyNotWarned(user: User | null, expiresAt: Instant): Unwarned {
  if (!user) return { reason: "gone", final: true };
  if (user.status !== "active") return { reason: user.status, final: true };
  if (user.passwordExpiresAt !== expiresAt) return { reason: "renewed", final: true };
  return { reason: user.mailStatus, final: false };
}

import * as z from "zod/mini";

const count = (least: number, most: number) =>
  z.coerce.number().check(z.int(), z.minimum(least), z.maximum(most));

/**
 * The durations and counts of the domain's rules, with their defaults. They are part of a stage's configuration
 * (infra/config.ts) and reach the functions as one environment variable, `SETTINGS`.
 */
export const settingsShape = {
  /** The validity of a password, in calendar months. */
  passwordMonths: z._default(count(1, 24), 3),
  /** Days before a password's end from which signing in warns of it; the first mail goes out then, too. */
  passwordWarningDays: z._default(count(1, 60), 14),
  /** Days before a password's end on which the second and the last mail about it go out. */
  passwordSecondWarningDays: z._default(count(1, 60), 7),
  passwordLastWarningDays: z._default(count(1, 60), 1),
  /** The number of earlier passwords, beside the current one, that may not be used again. */
  passwordHistory: z._default(count(0, 24), 12),
  passwordMinimumLength: z._default(count(8, 64), 8),
  passwordMaximumLength: z._default(count(64, 256), 256),
  /** True to refuse common passwords and context words. */
  refuseCommonPasswords: z._default(z.union([z.boolean(), z.stringbool()]), true),
  /** Calendar months without a sign-in after which an account lapses. */
  inactivityMonths: z._default(count(1, 36), 6),
  /** Days before an account lapses on which its user is told. */
  inactivityNoticeDays: z._default(count(1, 60), 14),
  /** Years after deletion or lapse when personal data are erased. */
  retentionYears: z._default(count(1, 20), 2),
  /** The validity of a password link, in hours. */
  linkHours: z._default(count(1, 72), 8),
  failedSignInsBeforeLock: z._default(count(1, 100), 5),
  /** The length of a lock, and the period in which failures count towards it, in minutes. */
  lockMinutes: z._default(count(1, 1440), 15),
  linksPerUserPerHour: z._default(count(1, 1_000_000), 5),
  linksPerSourcePerHour: z._default(count(1, 1_000_000), 20),
  /** Mails that the acts of one organisation's people cause; enough for one import of the largest size. */
  mailsPerOrganisationPerHour: z._default(count(1_000, 1_000_000), 2_000),
  /** Imports that add nobody: dry runs and refused files. */
  dryRunsPerOrganisationPerHour: z._default(count(1, 1_000_000), 30),
  /** The validity of an identity token, in minutes. */
  tokenMinutes: z._default(count(5, 60), 15),
  /** The length of a session, refreshes included, in hours. */
  sessionHours: z._default(count(1, 24), 8),
  /** Minutes without a page request after which a session of the pages ends. */
  idleMinutes: z._default(count(5, 240), 15),
};

export const settingsSchema = z.object(settingsShape);

export type Settings = z.infer<typeof settingsSchema>;

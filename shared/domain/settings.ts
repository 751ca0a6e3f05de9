import * as z from "zod/mini";

const count = (least: number, most: number) =>
  z.coerce.number().check(z.int(), z.minimum(least), z.maximum(most));

/**
 * The durations and counts of the domain's rules, each with its default. They are part of a stage's
 * configuration (infra/config.ts) and reach the functions as one variable, `SETTINGS`.
 */
export const settingsShape = {
  /** How long a password is valid, in calendar months. */
  passwordMonths: z._default(count(1, 24), 3),
  /** From how many days before its end signing in warns of an expiring password. */
  passwordWarningDays: z._default(count(1, 60), 14),
  /** How many days before its end the second and the last mail about it go out; the first goes with the above. */
  passwordSecondWarningDays: z._default(count(1, 60), 7),
  passwordLastWarningDays: z._default(count(1, 60), 1),
  /** How many former passwords, the current one aside, may not come back. */
  passwordHistory: z._default(count(0, 24), 12),
  passwordMinimumLength: z._default(count(8, 64), 8),
  passwordMaximumLength: z._default(count(64, 256), 256),
  /** Whether the commonest passwords and words of the context are refused. */
  refuseCommonPasswords: z._default(z.union([z.boolean(), z.stringbool()]), true),
  /** After how many calendar months without signing in an account lapses. */
  inactivityMonths: z._default(count(1, 36), 6),
  /** How many days before an account lapses its user is told. */
  inactivityNoticeDays: z._default(count(1, 60), 14),
  /** How many years after deletion or lapse personal data are erased. */
  retentionYears: z._default(count(1, 20), 2),
  /** How many hours a password link can be used. */
  linkHours: z._default(count(1, 72), 8),
  failedSignInsBeforeLock: z._default(count(1, 100), 5),
  /** How long a lock lasts, and within how many minutes the failures must fall. */
  lockMinutes: z._default(count(1, 1440), 15),
  linksPerUserPerHour: z._default(count(1, 1_000_000), 5),
  linksPerSourcePerHour: z._default(count(1, 1_000_000), 20),
  /** How many minutes an identity token is valid. */
  tokenMinutes: z._default(count(5, 60), 15),
  /** How many hours a session lasts, refreshing included. */
  sessionHours: z._default(count(1, 24), 8),
  /** After how many minutes in which no page was asked for a session of the pages ends. */
  idleMinutes: z._default(count(5, 240), 15),
  /** How many Cognito calls a job makes in a second, at most. */
  cognitoCallsPerSecond: z._default(count(1, 1000), 25),
};

export const settingsSchema = z.object(settingsShape);

export type Settings = z.infer<typeof settingsSchema>;

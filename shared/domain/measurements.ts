/**
 * The names and units of the metrics of this application; dashboard and alarms use the same names. Metrics hold
 * names, codes and numbers only, never personal data.
 */
export const measurements = {
  SignIns: "Count",
  /** One series per refusal code. */
  SignInsRefused: "Count",
  MailsSent: "Count",
  /** The mail service refused them for good; one series in all, for the alarm. */
  MailsRefused: "Count",
  /** No longer wanted when their turn came; one series per reason. */
  MailsSuperseded: "Count",
  /** Stored mails that do not parse or render; they stay queued until somebody repairs them. */
  MailsSetAside: "Count",
  /** From the moment that it was queued to the moment that it was sent. */
  MailAge: "Seconds",
  /** The age of the mail that has waited longest; 0 if none waits. */
  OldestMail: "Seconds",
  JobEntriesDue: "Count",
  JobEntriesDone: "Count",
  JobEntriesFailed: "Count",
  /** Accounts that were due to end and stay: the last contract manager's. */
  JobAccountsKept: "Count",
} as const;

/** The namespace of these metrics in CloudWatch. */
export const ownNamespace = "Portero";

export type Measurement = keyof typeof measurements;

/**
 * Records one value of a metric.
 * @param reason a code that splits a metric into series; keep the number of codes small
 */
export type Measure = (name: Measurement, value: number, reason?: string) => void;

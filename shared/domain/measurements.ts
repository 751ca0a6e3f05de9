/** The namespace of these metrics in CloudWatch. */
export const metricNamespace = "Portero";

/**
 * The names and units of the metrics of this application; dashboard and alarms use the same names. Each is one series
 * for the stage, and one more for each reason. Metrics hold names, codes and numbers only, never personal data.
 */
export const measurements = {
  SignIns: "Count",
  /** With the refusal's code as reason. */
  SignInsRefused: "Count",
  /** By the admission check, which Cognito calls; with the refusal's code as reason. */
  AdmissionsRefused: "Count",
  /** Requests that were answered with 500: each is a fault of ours. */
  UnforeseenErrors: "Count",
  MailsSent: "Count",
  /** The mail service refused them for good. */
  MailsRefused: "Count",
  /** No longer wanted when their turn came; with the reason. */
  MailsSuperseded: "Count",
  /** From the moment that it was queued to the moment that it was sent. */
  MailAge: "Seconds",
  /** The age of the mail that has waited longest to be sent; 0 if none waits. Those that are set aside do not count. */
  OldestMail: "Seconds",
  /** Mails that are set aside now: what is stored for them is damaged, or they alone fail. */
  MailsSetAside: "Count",
  JobEntriesDue: "Count",
  JobEntriesDone: "Count",
  JobEntriesFailed: "Count",
  /** Accounts that were due to end and stay: the last contract manager's. */
  JobAccountsKept: "Count",
} as const;

export type Measurement = keyof typeof measurements;

/**
 * Records one value of a metric.
 * @param reason a code that splits a metric into series; keep the number of codes small
 */
export type Measure = (name: Measurement, value: number, reason?: string) => void;

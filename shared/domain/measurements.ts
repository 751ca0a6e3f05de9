/**
 * What is measured for those who watch over the application, and in which unit; dashboard and alarms read the
 * same names. Nothing here is about a person: names, codes and numbers only.
 */
export const measurements = {
  SignIns: "Count",
  /** By the refusal's code. */
  SignInsRefused: "Count",
  MailsSent: "Count",
  /** By the mail service, for good, by its reason. */
  MailsRefused: "Count",
  /** No longer wanted when their turn came, by reason. */
  MailsSuperseded: "Count",
  /** Cannot be made into a mail; they stay queued until someone has mended them. */
  MailsSetAside: "Count",
  /** From being written down to being sent. */
  MailAge: "Seconds",
  /** How long the one has waited that has waited longest; 0 if none waits. */
  OldestMail: "Seconds",
  JobEntriesDue: "Count",
  JobEntriesDone: "Count",
  JobEntriesFailed: "Count",
} as const;

export type Measurement = keyof typeof measurements;

/**
 * Notes one measurement.
 * @param reason a code that tells measurements of one name apart; few enough to draw each as a line
 */
export type Measure = (name: Measurement, value: number, reason?: string) => void;

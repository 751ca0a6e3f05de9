import type { TroubleName } from "../../infra/local/troubles/troubles.ts";

/** The answers to a request, as status and problem. */
export const answers = {
  ok: "passes",
  later: "503 temporarily-unavailable",
  locked: "429 too-many-attempts",
} as const;
export type Outcome = (typeof answers)[keyof typeof answers];
const { ok, later, locked } = answers;

/** What users get while a trouble lasts. */
export interface Day {
  readonly signingIn: Outcome;
  readonly requestingLink: Outcome;
  readonly addingUser: Outcome;
  readonly settingPassword: Outcome;
  readonly listing: Outcome;
  readonly mails: "sent" | "wait" | "refused";
  /** The runbooks of the alarms that go off, as docs/operations.md names them. */
  readonly alarms: readonly string[];
}

const usual: Day = {
  signingIn: ok,
  requestingLink: ok,
  addingUser: ok,
  settingPassword: ok,
  listing: ok,
  mails: "sent",
  alarms: [],
};
const mailsWait: Day = { ...usual, mails: "wait", alarms: ["oldest-mail"] };
const noPasswords: Day = { ...usual, signingIn: later, settingPassword: later, alarms: ["server-errors"] };
const noWrites: Day = { ...noPasswords, requestingLink: later, addingUser: later };
const nothing: Day = { ...noWrites, listing: later };

/** The bad days of services; test/e2e/troubles.test.ts lives through each, and docs/operations.md tells of them. */
export const days: Readonly<Record<TroubleName, Day>> = {
  "ses-not-verified": mailsWait,
  "ses-sandbox": mailsWait,
  "ses-throttled": mailsWait,
  "ses-refusing": { ...usual, mails: "refused", alarms: ["mail-refused"] },
  "ses-hanging": mailsWait,
  "ses-reset": mailsWait,
  "cognito-throttled": noPasswords,
  "cognito-quotas": usual,
  "cognito-attempts-exceeded": { ...usual, signingIn: locked },
  "cognito-slow": usual,
  "cognito-hanging": noPasswords,
  "cognito-reset": noPasswords,
  "dynamodb-throttled": { ...nothing, alarms: ["server-errors", "throttling"] },
  "dynamodb-conflicting": noWrites,
  "dynamodb-hanging": nothing,
  "dynamodb-reset": nothing,
};

import { ask, type Check } from "./check.ts";

/* Checks for a person, since they need a password, a mailbox, a browser, or time. */

const instructions: Readonly<Record<string, string>> = {
  "sign-in": "Sign in at WebUrl and at PorteroLoginUrl; the log of identity-token has no invalid_type.",
  "cognito-page":
    "After signing in at PorteroLoginUrl, look at the audit trail: it has the sign-in, since Cognito's page called the admission check (TokenGeneration_HostedAuth) and took the password without a password flow.",
  claims: "Decode the identity token of that sign-in: roles and applicationTypes are lists.",
  "refused-sign-in":
    "Sign in by POST /v1/sessions with an expired password: 403 password-expired, not 503 (a refusal by the admission check).",
  "disabled-account":
    "Disable a user whom a former version deleted (aws cognito-idp admin-disable-user), and sign in with the right password: 401, and the user is enabled again (Cognito's message contains “disabled”).",
  refresh:
    "POST /v1/sessions/refresh with the refresh token of a session: 200, so that the trigger's event has the scope aws.cognito.signin.user.admin.",
  "foreign-refresh":
    "Refresh with a token from PorteroLoginUrl, at the token endpoint and by InitiateAuth: refused, and the log of identity-token has refresh-by-other-client.",
  bounce:
    "Give a user the address bounce@simulator.amazonses.com and send a mail: mailStatus becomes bounced, so that SES can publish to the encrypted topic.",
  complaint: "The same with complaint@simulator.amazonses.com: mailStatus becomes complained.",
  "stream-filter":
    "Compare the invocations of send-mail in CloudWatch with the mails that were sent: about as many.",
  "wrong-sign-ins":
    "Sign in wrongly 301 times in five minutes from one address: 429 with a problem and Retry-After, not 403 not-allowed; then look at the metric AttemptsPerSource. Do it at the address of AWS and at the custom domain.",
  "login-firewall":
    "Set the limit of LoginRequestsPerSource low for a moment, open PorteroLoginUrl more often: refused; then set it back.",
  "blocked-requests":
    "Look at BlockedRequests of AWSManagedRulesCommonRuleSet in the first week: each has a reason.",
  letters:
    "Close a test organisation, open the letter in the browser and by curl without Accept: both are a PDF. Open the organisation again.",
  "alarm-mail": "Has alarmEmail confirmed its subscription, and has the mail of “job missed” arrived?",
  import: "Import 1,000 rows, as a dry run and for real: each takes less than 29 seconds.",
  "cold-sign-in":
    "Sign in after an hour without requests: the admission check takes less than five seconds (its log).",
  "password-time": "Set a password and read the duration of passwords in its log: argon2id with 1,769 MB.",
  restore: "Rehearse docs/runbooks/restore.md, and note how long it takes.",
};

export const peopleChecks: readonly Check[] = Object.entries(instructions).map(([name, instruction]) => ({
  name,
  run: () => Promise.resolve([ask(instruction)]),
}));

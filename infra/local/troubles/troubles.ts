import type { ServiceCall } from "../iam/service-calls.ts";
import { quotaBuckets } from "./cognito-quotas.ts";
import { type Disturb, jsonError, operationOf, queryError } from "./disturbance.ts";
import { domainOf, mailAddresses } from "./mail-call.ts";

/** A bad day of a service. */
export interface Trouble {
  readonly service: ServiceCall["service"];
  /** One sentence, for `npm start -- --help`. */
  readonly meaning: string;
  /** Where AWS documents the answer; null where the service does not answer. */
  readonly source: string | null;
  /** Called when the trouble begins, for a state of its own. */
  readonly begin: () => Disturb;
}

const hang = () => () => ({ kind: "hang" }) as const;
const reset = () => () => ({ kind: "reset" }) as const;

const sesErrors = '"Amazon SES email sending errors", Amazon SES Developer Guide';
const sesQuotas =
  '"Errors related to the sending quotas for your Amazon SES account", Amazon SES Developer Guide';
const cognitoQuotas = '"Quotas in Amazon Cognito", Amazon Cognito Developer Guide';
const dynamodbErrors = '"Error handling with DynamoDB", Amazon DynamoDB Developer Guide';
const transactions = "TransactWriteItems, Amazon DynamoDB API Reference";

/** The bad days that the local host can have, by name: `npm start -- --trouble <name>`. */
export const troubles = {
  "ses-not-verified": {
    service: "ses",
    meaning: "SES has not found the DKIM records of our domain yet, as on the first day.",
    source: sesErrors,
    begin:
      () =>
      ({ body }) =>
        notVerified([domainOf(mailAddresses(body).sender)]),
  },
  "ses-sandbox": {
    service: "ses",
    meaning: "The account is in the sandbox: SES takes mail to addresses at our own domain only.",
    source: sesErrors,
    begin: () => inSandbox,
  },
  "ses-throttled": {
    service: "ses",
    meaning: "SES takes no more mails for the moment: the account sends more than its quota a second.",
    source: sesQuotas,
    begin: () => () => answered(queryError("Throttling", "Maximum sending rate exceeded.")),
  },
  "ses-refusing": {
    service: "ses",
    meaning: "SES refuses every address for good, as it does one with characters that no address has.",
    source: sesErrors,
    begin: () => () => answered(queryError("InvalidParameterValue", "Domain contains illegal character")),
  },
  "ses-hanging": {
    service: "ses",
    meaning: "SES takes requests and never answers.",
    source: null,
    begin: hang,
  },
  "ses-reset": {
    service: "ses",
    meaning: "SES breaks every connection.",
    source: null,
    begin: reset,
  },
  "cognito-throttled": {
    service: "cognito",
    meaning: "Other user pools of the account use up Cognito's quotas, so that it turns every call away.",
    source: cognitoQuotas,
    begin: () => () => rateExceeded,
  },
  "cognito-quotas": {
    service: "cognito",
    meaning: "Cognito turns calls away beyond its default quotas, such as 120 sign-ins a second.",
    source: cognitoQuotas,
    begin: () => {
      const takeToken = quotaBuckets();
      return (call) => (takeToken(operationOf(call)) ? null : rateExceeded);
    },
  },
  "cognito-attempts-exceeded": {
    service: "cognito",
    meaning: "Cognito's own lock after failed sign-ins: it judges no password for up to fifteen minutes.",
    source: '"Lockout behavior for failed sign-in attempts", Amazon Cognito Developer Guide',
    begin: () => lockedOut,
  },
  "cognito-slow": {
    service: "cognito",
    meaning: "Cognito answers 300 ms later.",
    source: null,
    begin: () => () => ({ kind: "delay", milliseconds: 300 }),
  },
  "cognito-hanging": {
    service: "cognito",
    meaning: "Cognito takes requests and never answers.",
    source: null,
    begin: hang,
  },
  "cognito-reset": {
    service: "cognito",
    meaning: "Cognito breaks every connection.",
    source: null,
    begin: reset,
  },
  "dynamodb-throttled": {
    service: "dynamodb",
    meaning: "DynamoDB turns every request away: a partition is asked too much of.",
    source: dynamodbErrors,
    begin: () => throttled,
  },
  "dynamodb-conflicting": {
    service: "dynamodb",
    meaning: "Every write meets another transaction on the same item; reading works.",
    source: transactions,
    begin: () => conflicting,
  },
  "dynamodb-hanging": {
    service: "dynamodb",
    meaning: "DynamoDB takes requests and never answers.",
    source: null,
    begin: hang,
  },
  "dynamodb-reset": {
    service: "dynamodb",
    meaning: "DynamoDB breaks every connection.",
    source: null,
    begin: reset,
  },
} as const satisfies Record<string, Trouble>;

export type TroubleName = keyof typeof troubles;

export const troubleNames = Object.keys(troubles) as readonly TroubleName[];

export const isTrouble = (name: string): name is TroubleName => Object.hasOwn(troubles, name);

const answered = (answer: ReturnType<typeof jsonError>) => ({ kind: "answer", ...answer }) as const;

function notVerified(identities: readonly string[]) {
  const named = identities.join(", ");
  const message = `Email address is not verified. The following identities failed the check in region EU-WEST-1: ${named}`;
  return answered(queryError("MessageRejected", message));
}

/** The identity is a domain, so every address at it is verified. */
const inSandbox: Disturb = ({ body }) => {
  const { sender, recipients } = mailAddresses(body);
  const strangers = recipients.filter((address) => domainOf(address) !== domainOf(sender));
  return strangers.length === 0 ? null : notVerified(strangers);
};

const rateExceeded = answered(jsonError("1.1", "TooManyRequestsException", "Rate exceeded"));

const lockedOut: Disturb = (call) =>
  operationOf(call) === "AdminInitiateAuth" && call.body.includes('"ADMIN_USER_PASSWORD_AUTH"')
    ? answered(jsonError("1.1", "NotAuthorizedException", "Password attempts exceeded"))
    : null;

const dynamodbError = (name: string, message: string, more: object = {}) =>
  answered(jsonError("1.0", `com.amazonaws.dynamodb.v20120810#${name}`, message, { more }));

const throughput =
  "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.";

/** A batch is answered as a whole when none of it could be read or written. */
const throttled: Disturb = (call) =>
  cancelled(call, "ThrottlingError", throughput) ?? dynamodbError("ThrottlingException", throughput);

const ongoing = "Transaction is ongoing for the item";
const singleWrites = ["PutItem", "UpdateItem", "DeleteItem"];

const conflicting: Disturb = (call) => {
  if (operationOf(call) === "TransactWriteItems") return cancelled(call, "TransactionConflict", ongoing);
  if (!singleWrites.includes(operationOf(call))) return null;
  return dynamodbError("TransactionConflictException", "Transaction is ongoing for the item.");
};

/** The answer to a transaction, which has a reason for each of its parts; null for other operations. */
function cancelled(call: ServiceCall, code: string, message: string) {
  if (!operationOf(call).startsWith("Transact")) return null;
  const { TransactItems } = JSON.parse(call.body) as { TransactItems: unknown[] };
  const reasons = TransactItems.map((_, index) =>
    index === 0 ? { Code: code, Message: message } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return dynamodbError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}

import { routes as audit } from "../shared/operations/audit/routes.ts";
import { routes as meta } from "../shared/operations/service/routes.ts";
import { routes as organisations } from "../shared/operations/organisations/routes.ts";
import { routes as passwords } from "../shared/operations/passwords/routes.ts";
import { routes as sanctions } from "../shared/operations/sanctions/routes.ts";
import { routes as sessions } from "../shared/operations/sessions/routes.ts";
import { routes as userImports } from "../shared/operations/imports/routes.ts";
import { routes as users } from "../shared/operations/users/routes.ts";
import { pages as administrationPages } from "../shared/web/users/routes.ts";
import { pages as auditPages } from "../shared/web/audit/routes.ts";
import { pages as importPages } from "../shared/web/imports/routes.ts";
import { pages as organisationPages } from "../shared/web/organisations/routes.ts";
import { pages as sanctionPages } from "../shared/web/sanctions/routes.ts";
import { pages, type PageRoute } from "../shared/web/routes.ts";
import { changedIndex, dueIndex } from "../shared/dynamodb/keys.ts";
import type { EnvironmentVariable } from "../shared/runtime/environment.ts";
import type { Route } from "../shared/operations/kit/route.ts";

/** What a function can be allowed to do to the table; a transaction needs the actions of its parts. */
export type TableAction =
  "BatchGetItem" | "ConditionCheckItem" | "DeleteItem" | "GetItem" | "PutItem" | "Query" | "UpdateItem";

/** What a function can be allowed to do to the user pool. */
export type UserPoolAction =
  | "AdminCreateUser"
  | "AdminDisableUser"
  | "AdminInitiateAuth"
  | "AdminSetUserPassword"
  | "AdminUserGlobalSignOut"
  | "DescribeUserPoolClient";

/** Variables that come with no right; the others come with the right to what they name. */
export type PlainVariable = Extract<
  EnvironmentVariable,
  | "AUDIT_TABLE_NAME"
  | "SETTINGS"
  | "CONTACTS"
  | "PUBLIC_URL"
  | "OPERATOR_ADMIN"
  | "VERSION"
  | "MAIL_CONFIGURATION_SET"
  | "MAIL_FEEDBACK_TOPIC_ARN"
>;

/** All that a function gets: nothing that is not named here. */
export interface FunctionNeeds {
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly table?: readonly TableAction[];
  /** Whether its rights to the table reach the items that former passwords are kept in. */
  readonly passwordHistory?: true;
  /** Whether it may delete former passwords, which it cannot read. */
  readonly erasesPasswordHistory?: true;
  /** The indexes of the table that it queries. */
  readonly indexes?: readonly string[];
  /** Whether it makes the secret of cursors if there is none, though it writes nothing else to the table. */
  readonly cursorSecret?: true;
  /** Whether it adds to the audit trail; nothing can do more to it than add. */
  readonly writesAudit?: true;
  /** Whether it shows the audit trail. */
  readonly readsAudit?: true;
  readonly userPool?: readonly UserPoolAction[];
  /** Whether it takes identity tokens, and so knows who issues them and for whom. */
  readonly takesTokens?: true;
  readonly variables: readonly PlainVariable[];
  /** How many failures in five minutes wake someone, if not the first. */
  readonly failuresBeforeAlarm?: number;
}

/** A path of the REST API, and whether it is open to anyone. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: `/${string}`;
  readonly open: boolean;
}

/** The operations of the HTTP interface, by the function that serves them. */
export const apiRoutes = {
  meta,
  sessions,
  passwords,
  users,
  organisations,
  sanctions,
  audit,
  "user-imports": userImports,
};

/** Deriving a key from a password takes a processor for a while; Lambda deals these out by memory. */
const wholeProcessor = 1769;

/** As long as Lambda lets a function run; a job stops in time, and goes on the next day. */
const longestRun = 900;

/** What each function needs, by the name of its folder. */
export const functionNeeds = {
  meta: {
    description: "Health and the OpenAPI document",
    memoryMegabytes: 256,
    timeoutSeconds: 5,
    variables: ["VERSION"],
  },
  sessions: {
    description: "Signing in, refreshing, signing out, and who one is",
    memoryMegabytes: 1024,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "DeleteItem", "GetItem", "UpdateItem"],
    // Where Cognito refuses an account unseen, this says whether the password was right.
    passwordHistory: true,
    writesAudit: true,
    userPool: ["AdminInitiateAuth", "DescribeUserPoolClient"],
    takesTokens: true,
    variables: ["SETTINGS", "VERSION"],
  },
  passwords: {
    description: "Password links and the passwords set with them",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"],
    passwordHistory: true,
    writesAudit: true,
    userPool: ["AdminCreateUser", "AdminInitiateAuth", "AdminSetUserPassword", "DescribeUserPoolClient"],
    takesTokens: true,
    variables: ["SETTINGS", "CONTACTS", "VERSION"],
  },
  users: {
    description: "The users of an organisation",
    memoryMegabytes: 1024,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    writesAudit: true,
    userPool: ["AdminDisableUser", "AdminUserGlobalSignOut"],
    takesTokens: true,
    variables: ["SETTINGS", "VERSION"],
  },
  organisations: {
    description: "Organisations, their registration, and the roles of their users",
    memoryMegabytes: 1024,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
    takesTokens: true,
    variables: ["VERSION"],
  },
  sanctions: {
    description: "Incidents, and closing and reopening access with its letters",
    memoryMegabytes: 1024,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
    takesTokens: true,
    variables: ["CONTACTS", "VERSION"],
  },
  audit: {
    description: "What was done at an organisation, and by whom",
    memoryMegabytes: 1024,
    // Counting a long trail takes reading it.
    timeoutSeconds: 25,
    table: ["BatchGetItem", "GetItem"],
    cursorSecret: true,
    readsAudit: true,
    writesAudit: true,
    takesTokens: true,
    variables: ["VERSION"],
  },
  "user-imports": {
    description: "Adding users from a file",
    memoryMegabytes: wholeProcessor,
    // As long as API Gateway waits.
    timeoutSeconds: 29,
    table: ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
    takesTokens: true,
    variables: ["VERSION"],
  },
  "finish-imports": {
    description: "Completes or undoes imports of users that were broken off",
    memoryMegabytes: 512,
    timeoutSeconds: 300,
    table: ["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [dueIndex.name],
    writesAudit: true,
    variables: [],
  },
  web: {
    description: "The pages that people see",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"],
    passwordHistory: true,
    writesAudit: true,
    userPool: ["AdminCreateUser", "AdminInitiateAuth", "AdminSetUserPassword", "DescribeUserPoolClient"],
    variables: ["SETTINGS", "CONTACTS", "PUBLIC_URL", "VERSION"],
  },
  "web-administration": {
    description: "The pages of those who look after organisations and their users",
    memoryMegabytes: 1024,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    writesAudit: true,
    userPool: ["AdminDisableUser", "AdminUserGlobalSignOut"],
    variables: ["SETTINGS", "CONTACTS", "PUBLIC_URL", "VERSION"],
  },
  "web-audit": {
    description: "The page that shows administrators what was done at their organisation",
    memoryMegabytes: 1024,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "GetItem", "UpdateItem"],
    cursorSecret: true,
    readsAudit: true,
    writesAudit: true,
    variables: ["SETTINGS", "CONTACTS", "PUBLIC_URL", "VERSION"],
  },
  "web-imports": {
    description: "The pages that add users from a file",
    memoryMegabytes: wholeProcessor,
    // As long as API Gateway waits.
    timeoutSeconds: 29,
    table: ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
    variables: ["SETTINGS", "CONTACTS", "PUBLIC_URL", "VERSION"],
  },
  "web-organisations": {
    description: "CIZ's pages about organisations, their data and who has a role at them",
    memoryMegabytes: 1024,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    writesAudit: true,
    variables: ["SETTINGS", "CONTACTS", "PUBLIC_URL", "VERSION"],
  },
  "web-sanctions": {
    description: "CIZ's pages about incidents, and about closing and reopening access",
    memoryMegabytes: 1024,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    writesAudit: true,
    variables: ["SETTINGS", "CONTACTS", "PUBLIC_URL", "VERSION"],
  },
  "identity-token": {
    description: "The doorkeeper that the user pool asks before it gives out a token",
    memoryMegabytes: 1024,
    // Cognito waits no longer than this.
    timeoutSeconds: 5,
    table: ["BatchGetItem", "UpdateItem"],
    writesAudit: true,
    variables: [],
    // It can only refuse by failing, and people whose password has expired try more than once.
    failuresBeforeAlarm: 50,
  },
  "send-mail": {
    description: "Sends the mails of the outbox",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    table: ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"],
    // It is told of the audit trail, as all that speak DynamoDB are, and has no right to it.
    variables: ["AUDIT_TABLE_NAME", "SETTINGS", "CONTACTS", "PUBLIC_URL", "MAIL_CONFIGURATION_SET"],
  },
  "mail-feedback": {
    description: "Notes bounces and complaints on the users whose addresses they are about",
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    table: ["GetItem", "UpdateItem"],
    writesAudit: true,
    variables: ["CONTACTS", "MAIL_CONFIGURATION_SET", "MAIL_FEEDBACK_TOPIC_ARN"],
  },
  "watch-outbox": {
    description: "Measures how long the oldest mail has waited",
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    indexes: [dueIndex.name],
    variables: [],
  },
  bootstrap: {
    description: "Makes the operator's organisation and the first contract manager of an empty installation",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    table: ["GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
    variables: ["CONTACTS", "OPERATOR_ADMIN"],
  },
  "warn-password-expiry": {
    description: "Warns users, every day, of passwords that are about to end",
    memoryMegabytes: 512,
    timeoutSeconds: longestRun,
    table: ["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"],
    indexes: [dueIndex.name],
    // It is told of the audit trail, as all that speak DynamoDB are, and has no right to it.
    variables: ["AUDIT_TABLE_NAME", "SETTINGS"],
  },
  "deactivate-inactive": {
    description: "Ends accounts, every day, that have not been used for too long, and erases old ones' data",
    memoryMegabytes: 512,
    timeoutSeconds: longestRun,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"],
    indexes: [dueIndex.name],
    erasesPasswordHistory: true,
    writesAudit: true,
    userPool: ["AdminDisableUser", "AdminUserGlobalSignOut"],
    variables: ["SETTINGS"],
  },
} as const satisfies Record<string, FunctionNeeds>;

export type FunctionName = keyof typeof functionNeeds;

const endpointsOf = (routes: Record<string, Route>): Endpoint[] =>
  Object.values(routes).map(({ method, path, who }) => ({ method, path, open: who === "anyone" }));

/** Pages see to sessions themselves. */
const endpointsOfPages = (pages: readonly PageRoute[]): Endpoint[] =>
  pages.map(({ method, path }) => ({ method, path, open: true }));

type PageFunction =
  "web" | "web-administration" | "web-audit" | "web-imports" | "web-organisations" | "web-sanctions";

/** Everything that the REST API answers, by the function that does. */
export const endpoints: Readonly<Record<keyof typeof apiRoutes | PageFunction, readonly Endpoint[]>> = {
  meta: endpointsOf(meta),
  sessions: endpointsOf(sessions),
  passwords: endpointsOf(passwords),
  users: endpointsOf(users),
  organisations: endpointsOf(organisations),
  sanctions: endpointsOf(sanctions),
  audit: endpointsOf(audit),
  "user-imports": endpointsOf(userImports),
  web: endpointsOfPages(pages),
  "web-administration": endpointsOfPages(administrationPages),
  "web-audit": endpointsOfPages(auditPages),
  "web-imports": endpointsOfPages(importPages),
  "web-organisations": endpointsOfPages(organisationPages),
  "web-sanctions": endpointsOfPages(sanctionPages),
};

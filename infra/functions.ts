import { routes as audit } from "../shared/operations/audit/routes.ts";
import { routes as userImports } from "../shared/operations/imports/routes.ts";
import type { Route } from "../shared/operations/kit/route.ts";
import { routes as organisations } from "../shared/operations/organisations/routes.ts";
import { routes as passwords } from "../shared/operations/passwords/routes.ts";
import { routes as sanctions } from "../shared/operations/sanctions/routes.ts";
import { routes as meta } from "../shared/operations/service/routes.ts";
import { routes as sessions } from "../shared/operations/sessions/routes.ts";
import { routes as users } from "../shared/operations/users/routes.ts";
import { changedIndex, dueIndex } from "../shared/dynamodb/keys.ts";
import type { FunctionName } from "../shared/runtime/function-variables.ts";
import { pageRoutes, type PageRoute } from "../shared/web/routes.ts";

/** DynamoDB actions that a function can be granted; a transaction needs the actions of its parts. */
export type TableAction =
  "BatchGetItem" | "ConditionCheckItem" | "DeleteItem" | "GetItem" | "PutItem" | "Query" | "UpdateItem";

/** Cognito actions that a function can be granted. */
export type UserPoolAction =
  "AdminCreateUser" | "AdminEnableUser" | "AdminInitiateAuth" | "AdminSetUserPassword";

/**
 * The size of a function and its rights to tables and user pool. Its construct adds the rights of its kind: to read a
 * stream (stream-function.ts), keep failed events (dead-letters.ts), log and trace (bundled-function.ts). The stack
 * gives one the right to send mail (mail-sender.ts). Its environment variables are in shared/runtime/function-variables.ts.
 */
export interface FunctionNeeds {
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly table?: readonly TableAction[];
  /** Set if its rights to the table include the items with former passwords. */
  readonly passwordHistory?: true;
  /** Set if it may delete former passwords, without reading them. */
  readonly erasesPasswordHistory?: true;
  /** The indexes of the table that it queries. */
  readonly indexes?: readonly string[];
  /** Set if it may create the secret of cursors, for functions without other rights to write. */
  readonly cursorSecret?: true;
  /** Set if it may count refused acts, for functions without other rights to update. */
  readonly countsRefusedActs?: true;
  /** Set if it adds to the audit trail; no function may change or delete audit events. */
  readonly writesAudit?: true;
  /** Set if it reads the audit trail. */
  readonly readsAudit?: true;
  readonly userPool?: readonly UserPoolAction[];
}

/** A path of the REST API; an open one takes requests without an identity token. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: `/${string}`;
  readonly open: boolean;
}

/** The operations of the API, by the function that serves them. */
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

/**
 * Lambda gives a whole processor with this much memory. Everything that a person waits for has it: a cold start takes
 * a third less than with 1,024 MB, and a password is hashed as quickly as it can be (docs/adr/0004).
 */
const wholeProcessor = 1769;

/** API Gateway waits for 29 seconds, a cold start included. */
const longestRequest = 27;

/** Lambda's limit, in seconds; a job stops before it, and continues the next day. */
const longestRun = 900;

/** The needs of each function, by the name of its folder in functions/. */
export const functionNeeds = {
  meta: {
    description: "Health and the OpenAPI document",
    memoryMegabytes: 256,
    timeoutSeconds: 5,
  },
  sessions: {
    description: "Signing in, refreshing, signing out, and who one is",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "DeleteItem", "GetItem", "UpdateItem"],
    writesAudit: true,
    // The version before disabled ended accounts, which are enabled when somebody signs in to them.
    userPool: ["AdminEnableUser", "AdminInitiateAuth"],
  },
  passwords: {
    description: "Password links and the passwords set with them",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"],
    passwordHistory: true,
    writesAudit: true,
    userPool: ["AdminCreateUser", "AdminInitiateAuth", "AdminSetUserPassword"],
  },
  users: {
    description: "The users of an organisation",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    writesAudit: true,
  },
  organisations: {
    description: "Organisations, their registration, and the roles of their users",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
  },
  sanctions: {
    description: "Incidents, and closing and reopening access with its letters",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 15,
    table: ["BatchGetItem", "ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
  },
  audit: {
    description: "What was done at an organisation, and by whom",
    memoryMegabytes: wholeProcessor,
    // Counting a long trail takes time, because every event is read.
    timeoutSeconds: 25,
    table: ["BatchGetItem", "GetItem"],
    cursorSecret: true,
    countsRefusedActs: true,
    readsAudit: true,
    writesAudit: true,
  },
  "user-imports": {
    description: "Adding users from a file",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: longestRequest,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
  },
  "finish-imports": {
    description: "Completes or undoes imports of users that were broken off; records totals of refused acts",
    memoryMegabytes: 512,
    timeoutSeconds: 300,
    table: ["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [dueIndex.name],
    writesAudit: true,
  },
  web: {
    description: "The pages for anyone, and for one's own account",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"],
    passwordHistory: true,
    writesAudit: true,
    userPool: ["AdminCreateUser", "AdminEnableUser", "AdminInitiateAuth", "AdminSetUserPassword"],
  },
  "web-administration": {
    description: "The pages of an organisation's administrators: users, imports, audit trail",
    memoryMegabytes: wholeProcessor,
    // An import is slow.
    timeoutSeconds: longestRequest,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    readsAudit: true,
    writesAudit: true,
  },
  "web-operator": {
    description: "CIZ's pages: organisations, roles, incidents, closing and reopening access",
    memoryMegabytes: wholeProcessor,
    timeoutSeconds: 25,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    indexes: [changedIndex.name],
    writesAudit: true,
  },
  "identity-token": {
    description: "The admission check that the user pool calls before it issues a token",
    memoryMegabytes: wholeProcessor,
    // Cognito's limit.
    timeoutSeconds: 5,
    table: ["BatchGetItem", "UpdateItem"],
    writesAudit: true,
  },
  "send-mail": {
    description: "Sends the mails of the outbox",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    table: ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"],
  },
  "mail-feedback": {
    description: "Notes bounces and complaints on the users and letters that they are about",
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    table: ["GetItem", "Query", "UpdateItem"],
    writesAudit: true,
  },
  "watch-outbox": {
    description: "Measures how long the oldest mail has waited",
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    indexes: [dueIndex.name],
  },
  bootstrap: {
    description: "Makes the operator's organisation and first contract manager, or another if none is left",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    table: ["BatchGetItem", "ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writesAudit: true,
  },
  "warn-password-expiry": {
    description: "Warns users, every day, of passwords that are about to end",
    memoryMegabytes: 512,
    timeoutSeconds: longestRun,
    table: ["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"],
    indexes: [dueIndex.name],
  },
  "deactivate-inactive": {
    description: "Ends accounts, every day, that have not been used for too long, and erases old ones' data",
    memoryMegabytes: 512,
    timeoutSeconds: longestRun,
    table: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"],
    indexes: [dueIndex.name],
    erasesPasswordHistory: true,
    writesAudit: true,
  },
} as const satisfies Record<FunctionName, FunctionNeeds>;

const endpointsOf = (routes: Record<string, Route>): Endpoint[] =>
  Object.values(routes).map(({ method, path, who }) => ({ method, path, open: who === "anyone" }));

/** Pages are open to API Gateway, because they check the session cookie themselves. */
const endpointsOfPages = (pages: readonly PageRoute[]): Endpoint[] =>
  pages.map(({ method, path }) => ({ method, path, open: true }));

/** All endpoints of the REST API, by the function that serves them. */
export const endpoints: Readonly<
  Record<keyof typeof apiRoutes | keyof typeof pageRoutes, readonly Endpoint[]>
> = {
  meta: endpointsOf(meta),
  sessions: endpointsOf(sessions),
  passwords: endpointsOf(passwords),
  users: endpointsOf(users),
  organisations: endpointsOf(organisations),
  sanctions: endpointsOf(sanctions),
  audit: endpointsOf(audit),
  "user-imports": endpointsOf(userImports),
  web: endpointsOfPages(pageRoutes.web),
  "web-administration": endpointsOfPages(pageRoutes["web-administration"]),
  "web-operator": endpointsOfPages(pageRoutes["web-operator"]),
};

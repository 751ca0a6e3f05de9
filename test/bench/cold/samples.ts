import { gatewayEvent } from "../../support/gateway-event.ts";
import { delivery } from "../../support/mail-feedback.ts";
import { claimsOf } from "../../support/stack.ts";
import type { World } from "./world.ts";

/** The request or event that a function is started for. */
export interface Sample {
  readonly kind: "request" | "event";
  readonly event: unknown;
  readonly isSuccess: (result: unknown) => boolean;
  /** An operation of a service that has to be among those asked, because without it the work was not done. */
  readonly asks?: string;
}

type MakeSample = (world: World, environment: Readonly<Record<string, string>>) => Sample | Promise<Sample>;

/** One request or event that each function answers with success, by the name of the function. */
const samples: Readonly<Record<string, MakeSample>> = {
  meta: () => request("GET", "/v1/health"),
  sessions: ({ organisation: { user } }) =>
    request("POST", "/v1/sessions", {
      body: { username: user.username, password: user.password },
      status: 201,
      asks: "AdminInitiateAuth",
    }),
  passwords: ({ organisation: { user } }) =>
    request("POST", "/v1/password-links", { body: { username: user.username }, status: 202 }),
  users: ({ organisation: { id }, administrator: { token } }) =>
    request("GET", "/v1/organisations/{id}/users", { id, token }),
  organisations: ({ manager: { token } }) => request("GET", "/v1/organisations", { token }),
  sanctions: ({ organisation: { id }, manager: { token } }) =>
    request("GET", "/v1/organisations/{id}/incidents", { id, token }),
  audit: ({ organisation: { id }, administrator: { token } }) =>
    request("GET", "/v1/organisations/{id}/audit-events", { id, token }),
  "user-imports": ({ organisation: { id, user }, administrator: { token } }) =>
    request("POST", "/v1/organisations/{id}/user-imports", {
      id,
      token,
      query: { dryRun: "true" },
      contentType: "text/csv",
      body: `initials,firstName,lastName,email\r\nF.,Femke,Proefpersoon,nieuw.${user.email}\r\n`,
    }),
  web: ({ organisation: { user } }) =>
    request("POST", "/", {
      body: new URLSearchParams({ username: user.username, password: user.password }).toString(),
      contentType: "application/x-www-form-urlencoded",
      status: 303,
      asks: "AdminInitiateAuth",
    }),
  "web-administration": ({ organisation: { id }, administrator: { cookie } }) =>
    request("GET", "/organisaties/{id}/gebruikers", { id, cookie }),
  "web-operator": ({ manager: { cookie } }) => request("GET", "/organisaties", { cookie }),
  "identity-token": ({ organisation: { id, user } }) => event(signingIn(user.username, id)),
  "send-mail": async (world) => {
    const PK = await world.queuedMailKey();
    const dynamodb = { Keys: { PK: { S: PK } }, SequenceNumber: "1" };
    const record = { eventID: "1", eventName: "INSERT", eventSource: "aws:dynamodb", dynamodb };
    return { ...event({ Records: [record] }), asks: "SendEmail" };
  },
  "mail-feedback": ({ organisation: { user } }, environment) => {
    const { sender } = JSON.parse(environment["CONTACTS"] ?? "") as { sender: string };
    const topicArn = environment["MAIL_FEEDBACK_TOPIC_ARN"] ?? "";
    const configurationSet = environment["MAIL_CONFIGURATION_SET"] ?? "";
    return {
      ...event(delivery(user.email, { topicArn, configurationSet, sender })),
      asks: "TransactWriteItems",
    };
  },
  bootstrap: () => event({}),
  "watch-outbox": () => event(scheduled()),
  "finish-imports": () => event(scheduled()),
  "warn-password-expiry": () => ({ ...event(scheduled()), asks: "TransactWriteItems" }),
  "deactivate-inactive": async ({ stack }) => {
    // Leaves one account for the run that is measured, of the many that stand under old dates.
    await stack.invoke("deactivate-inactive", scheduled(60));
    return { ...event(scheduled()), asks: "TransactWriteItems" };
  },
};

/** @throws Error if there is none for the function */
export async function sampleOf(
  name: string,
  world: World,
  environment: Readonly<Record<string, string>>,
): Promise<Sample> {
  const make = samples[name];
  if (!make) throw new Error(`test/bench/cold/samples.ts has no request or event for the function ${name}`);
  return make(world, environment);
}

interface RequestParts {
  /** The id of the organisation in the path. */
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly token?: string;
  readonly cookie?: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly status?: number;
  readonly asks?: string;
}

function request(method: string, resource: string, parts: RequestParts = {}): Sample {
  const { id, query, token, body, status = 200, asks } = parts;
  const event = gatewayEvent({
    method,
    resource,
    path: resource.replace("{id}", id ?? ""),
    ...(id !== undefined && { params: { id } }),
    ...(query && { query }),
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(token !== undefined && { claims: claimsAsText(token) }),
    headers: headersOf(parts),
  });
  const isSuccess = (result: unknown) => (result as { statusCode?: number }).statusCode === status;
  return { kind: "request", event, isSuccess, ...(asks !== undefined && { asks }) };
}

function headersOf({ token, cookie, body, contentType = "application/json" }: RequestParts) {
  return {
    Host: "portero.example",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept-Language": "nl,en;q=0.5",
    ...(body !== undefined && { "Content-Type": contentType }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(cookie !== undefined && { Cookie: cookie }),
  };
}

/** API Gateway's authorizer hands every claim on as text. */
function claimsAsText(token: string): Record<string, string> {
  return Object.fromEntries(Object.entries(claimsOf(token)).map(([name, value]) => [name, String(value)]));
}

/** A function that fails throws, so any result is a success; but a batch names the records that failed. */
function event(content: unknown): Sample {
  const isSuccess = (result: unknown) => {
    const failures = (result as { batchItemFailures?: unknown[] } | null)?.batchItemFailures ?? [];
    return failures.length === 0;
  };
  return { kind: "event", event: content, isSuccess };
}

/** An event like EventBridge's. */
function scheduled(daysAgo = 0): object {
  return {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    region: "eu-west-1",
    resources: [],
    detail: {},
  };
}

/** Cognito's event before it issues tokens, version 2. */
function signingIn(userName: string, organisationId: string): object {
  return {
    version: "2",
    triggerSource: "TokenGeneration_Authentication",
    region: "eu-west-1",
    userPoolId: "eu-west-1_pool",
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-js-3", clientId: "client" },
    request: {
      userAttributes: { sub: "subject", "custom:organisationId": organisationId },
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      scopes: ["aws.cognito.signin.user.admin"],
    },
    response: { claimsAndScopeOverrideDetails: null },
  };
}

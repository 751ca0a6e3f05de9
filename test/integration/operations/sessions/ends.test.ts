import type { APIGatewayProxyEvent } from "aws-lambda";
import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../../shared/domain/user.ts";
import { secretHash } from "../../../../shared/domain/secret-hash.ts";
import { organisationEntryKey } from "../../../../shared/dynamodb/keys.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { DynamoPasswordLinkRepository } from "../../../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../../../shared/dynamodb/password-repository.ts";
import { DynamoRoleRepository } from "../../../../shared/dynamodb/role-repository.ts";
import { DynamoSanctionRepository } from "../../../../shared/dynamodb/sanction-repository.ts";
import { DynamoSessionRepository } from "../../../../shared/dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { createAuthenticate } from "../../../../shared/http/authentication.ts";
import { accept, judge } from "../../../../shared/operations/passwords/accept-password.ts";
import { findUsableLink } from "../../../../shared/operations/passwords/usable-link.ts";
import { refreshSession } from "../../../../shared/operations/sessions/refresh-session.ts";
import { formatSessionToken } from "../../../../shared/operations/sessions/session-token.ts";
import { findWebSession } from "../../../../shared/operations/sessions/web-session.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { closure } from "../../../support/sanctions.ts";
import { consequences } from "../../dynamodb/seed.ts";
import { World } from "../jobs/world.ts";

const secrets = { api: "a".repeat(43), web: "w".repeat(43) };
const begun = "2026-11-22T09:00:00.000Z";
/** So late that nothing ends by itself, not even where half a year has to pass. */
const far = "2028-01-01T00:00:00.000Z";
const token = (kind: "api" | "web") =>
  formatSessionToken({
    organisationId: "2",
    username: "ftest",
    secret: secrets[kind],
    refreshToken: kind === "api" ? "of-cognito" : null,
  });

const session = (kind: "api" | "web") => ({
  kind,
  startedAt: begun,
  expiresAt: far,
  lastSeenAt: far,
  tokens: kind === "api" ? [secretHash("jti")] : [],
});
const account = user({
  roles: ["organisation-admin"],
  passwordExpiresAt: far,
  sessions: { [secretHash(secrets.api)]: session("api"), [secretHash(secrets.web)]: session("web") },
});
const colleague = user({
  username: "colleague",
  email: "colleague@zorg.example",
  roles: ["organisation-admin"],
  lastLoginAt: far,
});

let tables: TestTables;
let world: World;
let now: Date;
/** Cognito, which would refresh for anyone. */
const identityProvider = {
  setPassword: () => Promise.resolve(),
  refresh: () =>
    Promise.resolve({
      idToken: "token",
      refreshToken: null,
      username: "ftest",
      jti: "new",
      organisationId: "2",
      expiresInSeconds: 900,
    }),
};

beforeEach(async () => {
  tables = await createTables();
  world = World.at(tables);
  now = new Date("2026-11-22T10:00:00.000Z");
  await world.seed([organisation()], [account, colleague]);
  await world.put([{ ...organisationEntryKey("2"), status: "open" }]);
  const links = linksOf();
  const link = { user: account, linkId: "link" };
  await links.request({ username: "ftest", address: "192.0.2.1", now, link, consequences: consequences() });
  const reference = { organisationId: "2", username: "ftest", linkId: "link" };
  await links.mint(reference, secretHash("secret"), begun, far);
});

const linksOf = () => new DynamoPasswordLinkRepository({ ...tables, settings: world.settings });
const users = () => new DynamoUserRepository(tables);
const stored = async () => (await users().find("2", "ftest"))!;
const clock = () => now;

/** Sets a password as both paths do. */
async function setPassword(how: { linkId: string | null; keepSession: string | null }): Promise<void> {
  const dependencies = {
    passwords: new DynamoPasswordRepository(tables),
    identityProvider,
    auditTrail: new DynamoAuditTrail(tables),
    settings: world.settings,
    operatorName: "CIZ",
    clock,
    newId: () => crypto.randomUUID(),
  };
  const origin = { actor: null, address: null, requestId: null };
  const password = "Korenbloem-77?";
  const candidate = { user: await stored(), organisation: organisation(), password, origin, pointer: "" };
  const history = await judge(candidate, dependencies);
  await accept(candidate, history, { ...how, at: now.toISOString() }, dependencies);
}

async function setRoles(roles: User["roles"]): Promise<void> {
  const successor = colleague;
  const change = { user: await stored(), roles, successor, consequences: consequences() };
  await new DynamoRoleRepository(tables).changeRoles(change);
}

async function closeAndReopen(): Promise<void> {
  const sanctions = new DynamoSanctionRepository(tables);
  const closed = closure({ closedAt: now.toISOString() });
  const letter = new Uint8Array([1]);
  await sanctions.close(closed, letter, consequences());
  const reopening = { at: now.toISOString(), by: "manager", reason: "beter" };
  await sanctions.reopen(closed, reopening, letter, consequences());
}

/** All that gives access without the password, each with an answer to "does it still work?". */
const keys: Record<string, () => Promise<unknown>> = {
  "an identity token": () => {
    const claims = {
      token_use: "id",
      aud: "client",
      jti: "jti",
      "cognito:username": "ftest",
      organisationId: "2",
    };
    const event = { requestContext: { authorizer: { claims } } } as unknown as APIGatewayProxyEvent;
    const trust = {
      issuer: "https://issuer.example",
      jwksUri: "https://issuer.example/k",
      clientId: "client",
    };
    return createAuthenticate(trust, { users: users(), clock })(event);
  },
  "a refresh token": () => {
    const sessions = new DynamoSessionRepository(tables);
    const refresh = refreshSession({
      identityProvider,
      users: users(),
      sessions,
      settings: world.settings,
      clock,
    });
    return refresh({ body: { refreshToken: token("api") } } as unknown as Parameters<typeof refresh>[0]);
  },
  "a session of the pages": async () => {
    const sessions = new DynamoSessionRepository(tables);
    const find = findWebSession({ users: users(), sessions, settings: world.settings, clock });
    if (!(await find(token("web")))) throw new Error("no session");
  },
  "an open link": () => findUsableLink("secret", now, { links: linksOf(), users: users() }),
};

async function working(): Promise<string[]> {
  const results = await Promise.allSettled(Object.values(keys).map((key) => key()));
  return Object.keys(keys).filter((_, index) => results[index]?.status === "fulfilled");
}

const web = secretHash(secrets.web);

/** Every act that ends access, and what may work after it. */
const ends: readonly (readonly [name: string, act: () => Promise<unknown>, left: readonly string[]])[] = [
  ["setting a password by link", () => setPassword({ linkId: "link", keepSession: null }), []],
  [
    "changing the password, but for the session it came from",
    () => setPassword({ linkId: null, keepSession: web }),
    ["a session of the pages"],
  ],
  ["losing a role", () => setRoles([]), []],
  ["deletion", () => deletion(), []],
  ["a lapse", () => world.deactivate("2027-08-01T03:00:00Z"), []],
  ["a closure, also after the reopening", () => closeAndReopen(), []],
];

async function deletion(): Promise<void> {
  const by = { user: colleague, role: "organisation-admin" as const };
  const user = await stored();
  const at = now.toISOString();
  await users().delete({ user, remark: "weg", at, by, consequences: consequences() });
}

describe("ending access ends all that gives it without the password (SECURITY 13)", () => {
  it("all of it works as long as nothing has happened", async () => {
    expect(await working()).toEqual(Object.keys(keys));
  });

  it.each(ends)("%s", async (_, act, left) => {
    now = new Date(now.getTime() + 60_000);
    await act();
    expect(await working()).toEqual(left);
  });

  it("getting a role ends nothing", async () => {
    await setRoles([...account.roles, "service-desk"]);
    expect(await working()).toEqual(Object.keys(keys));
  });
});

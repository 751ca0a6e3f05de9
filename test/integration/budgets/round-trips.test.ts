import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { admitSignIn } from "../../../functions/identity-token/admit-sign-in.ts";
import { requestPasswordLink } from "../../../functions/passwords/request-password-link.ts";
import { authenticatePassword } from "../../../functions/sessions/authenticate-password.ts";
import { signIn } from "../../../functions/sessions/sign-in.ts";
import { createUser } from "../../../functions/users/create-user.ts";
import { SignInRefused } from "../../../shared/domain/errors.ts";
import type { IdentityProvider } from "../../../shared/domain/ports.ts";
import { settingsSchema } from "../../../shared/domain/settings.ts";
import { DynamoAuditTrail } from "../../../shared/dynamodb/audit-trail.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../../shared/dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../../shared/dynamodb/session-repository.ts";
import { DynamoSignInGuard } from "../../../shared/dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { createAuthenticate, secretHash } from "../../../shared/http/authentication.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { organisation, person, user } from "../../support/domain.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";

const settings = z.parse(settingsSchema, {});
const origin = { actor: null, address: "192.0.2.1", requestId: "request" };
const nothing = { mails: [], events: [] };

describe("round trips to the table (DESIGN §7, Budgets)", () => {
  let tables: TestTables;
  let cognitoCalls: number;
  let dependencies: ReturnType<typeof wire>;

  /** Real operations on the emulator; Cognito is one that knows one password and asks the real doorkeeper. */
  function wire() {
    const users = new DynamoUserRepository(tables);
    const sessions = new DynamoSessionRepository(tables);
    const system = { clock: () => new Date(), newId: () => randomUUID() };
    const admit = admitSignIn({ users, sessions, ...system });
    const identityProvider: Pick<IdentityProvider, "signIn"> = {
      signIn: async (username, password) => {
        cognitoCalls += 1;
        if (password !== "right" || username === null) throw new SignInRefused("invalid-credentials");
        await admit({ username, organisationId: "2", record: false });
        const ids = { idToken: "token", refreshToken: "refresh", jti: "jti" };
        return { username, ...ids, organisationId: "2", expiresInSeconds: 900 };
      },
    };
    return {
      users,
      sessions,
      identityProvider,
      organisations: new DynamoOrganisationRepository(tables),
      links: new DynamoPasswordLinkRepository({ ...tables, settings }),
      passwords: new DynamoPasswordRepository(tables),
      guard: new DynamoSignInGuard({ ...tables, settings }),
      auditTrail: new DynamoAuditTrail(tables),
      settings,
      ...system,
    };
  }

  beforeEach(async () => {
    tables = await createTables();
    cognitoCalls = 0;
    dependencies = wire();
    const administrator = user({
      ...person({ email: "admin@zorg.example" }),
      username: "admin",
      roles: ["organisation-admin"],
      passwordExpiresAt: "9999-01-01T00:00:00.000Z",
      sessions: {
        session: {
          kind: "api",
          startedAt: "2026-01-01T00:00:00.000Z",
          expiresAt: "9999-01-01T00:00:00.000Z",
          tokens: [secretHash("jti")],
        },
      },
    });
    await dependencies.organisations.register(organisation(), administrator, nothing);
    await dependencies.users.create(user({ passwordExpiresAt: "9999-01-01T00:00:00.000Z" }), nothing);
    tables.forget();
  });

  const request = (parts: object) =>
    ({ params: {}, query: {}, body: {}, caller: null, origin, ...parts }) as never;

  test("a caller check: 1", async () => {
    const authenticate = createAuthenticate(
      { issuer: "https://issuer.example", jwksUri: "https://issuer.example/jwks", clientId: "client" },
      dependencies,
    );
    const claims = {
      token_use: "id",
      aud: "client",
      jti: "jti",
      "cognito:username": "admin",
      organisationId: "2",
    };
    await authenticate(gatewayEvent({ method: "GET", path: "/v1/me", claims }));
    expect(tables.requests).toHaveLength(1);
  });

  test("a sign-in, trigger included: 4, and 1 call to Cognito", async () => {
    const authenticate = authenticatePassword(dependencies);
    await signIn({ ...dependencies, authenticate })(
      request({ body: { username: "ftest", password: "right" } }),
    );
    expect(tables.requests).toHaveLength(4);
    expect(cognitoCalls).toBe(1);
  });

  test.each(["ftest", "nobodyatall", "what can be none"])("a refused sign-in as %j: 3", async (username) => {
    const attempt = authenticatePassword(dependencies)({ username, password: "wrong" }, origin);
    await expect(attempt).rejects.toThrow(SignInRefused);
    expect(tables.requests).toHaveLength(3);
    expect(cognitoCalls).toBe(1);
  });

  test.each(["ftest", "nobodyatall", "what can be none"])("asking for a link as %j: 3", async (username) => {
    await requestPasswordLink(dependencies)({ username, sourceAddress: "192.0.2.1", origin });
    expect(tables.requests).toHaveLength(3);
  });

  test("creating a user: 2 more than the caller check", async () => {
    const caller = (await dependencies.users.findMember("2", "admin"))!;
    tables.forget();
    const body = person({ lastName: "Nieuw", email: "nieuw@zorg.example" });
    await createUser(dependencies)(request({ params: { id: "2" }, body, caller }));
    expect(tables.requests).toHaveLength(2);
  });
});

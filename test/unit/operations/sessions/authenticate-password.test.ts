import { describe, expect, it } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import {
  authenticatePassword,
  type AuthenticationDependencies,
} from "../../../../shared/operations/sessions/authenticate-password.ts";
import type { AuditEvent } from "../../../../shared/domain/audit.ts";
import { AccountDisabled, AdmissionRefused } from "../../../../shared/domain/ports/identity-provider.ts";
import type { PasswordHistory } from "../../../../shared/domain/ports/passwords.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { compareWithHistory } from "../../../../shared/operations/passwords/password-history.ts";
import { organisation, user } from "../../../support/domain.ts";

const now = new Date("2026-11-22T12:00:00.000Z");
const origin = { actor: null, address: "192.0.2.1", requestId: "request" };

/** A world with one user, in which Cognito answers a sign-in in a given way. */
function world(
  answer: "tokens" | Error,
  account: Partial<User> = {},
  history: PasswordHistory | null = null,
) {
  const events: AuditEvent[] = [];
  const counted: string[] = [];
  const one = user(account);
  const tokens = {
    username: "ftest",
    idToken: "token",
    refreshToken: null,
    jti: "jti",
    organisationId: "2",
    expiresInSeconds: 900,
  };
  const dependencies: AuthenticationDependencies = {
    guard: {
      begin: (username) => Promise.resolve({ username, last: false }),
      fail: () => Promise.resolve(void counted.push("failed")),
      clear: () => Promise.resolve(void counted.push("cleared")),
    },
    identityProvider: {
      signIn: () => (answer === "tokens" ? Promise.resolve(tokens) : Promise.reject(answer)),
    },
    users: {
      locate: (username) => Promise.resolve(username === "ftest" ? "2" : null),
      findMember: () => Promise.resolve({ user: one, organisation: organisation() }),
    },
    passwords: { findHistory: () => Promise.resolve(history) },
    auditTrail: { append: (event) => Promise.resolve(void events.push(event)) },
    clock: () => now,
    newId: () => "id",
  };
  const signIn = (password = "Tulpenveld-48!", username = "ftest") =>
    authenticatePassword(dependencies)({ username, password }, origin).then(
      () => "in",
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );
  return { signIn, events, counted };
}

describe("signing in (DESIGN §2)", () => {
  it("a right password lets an active user in", async () => {
    expect(await world("tokens").signIn()).toBe("in");
  });

  it("a wrong password stays counted and is an audit event, without the text of an unknown login name", async () => {
    const known = world(new DomainError("invalid-credentials"));
    expect(await known.signIn()).toBe("invalid-credentials");
    expect(known.counted).toEqual(["failed"]);
    expect(known.events).toMatchObject([
      { action: "session.refused", organisationId: "2", address: "192.0.2.1" },
    ]);
    const unknown = world(new DomainError("invalid-credentials"));
    await unknown.signIn("x", "Canary-Password-1!");
    expect(unknown.events).toMatchObject([{ organisationId: null, actor: null, subject: { id: "unknown" } }]);
    expect(JSON.stringify(unknown.events)).not.toContain("Canary");
  });

  it.each<[string, Partial<User>, string]>([
    ["a lapsed account", { status: "inactive" }, "account-inactive"],
    ["an expired password", { passwordExpiresAt: now.toISOString() }, "password-expired"],
    ["a deleted account", { status: "deleted" }, "invalid-credentials"],
  ])("%s is told only after the right password, and is not counted", async (_, account, code) => {
    const { signIn, counted, events } = world(new AdmissionRefused(), account);
    expect(await signIn()).toBe(code);
    expect(counted).toEqual(["cleared"]);
    expect(events).toMatchObject([{ detail: { reason: code } }]);
  });

  it("the password of an account that Cognito has disabled is compared with our own hash", async () => {
    const history = (await compareWithHistory("Tulpenveld-48!", null, 12)).next;
    const lapsed = { status: "inactive" } as const;
    const right = world(new AccountDisabled(), lapsed, history);
    expect([await right.signIn(), right.counted]).toEqual(["account-inactive", ["cleared"]]);
    const wrong = world(new AccountDisabled(), lapsed, history);
    expect([await wrong.signIn("Verkeerd-1234"), wrong.counted]).toEqual(["invalid-credentials", ["failed"]]);
  });

  it("a failure of Cognito or of the admission check does not count as a failed attempt", async () => {
    for (const trouble of [new DomainError("temporarily-unavailable"), new AdmissionRefused()]) {
      const { signIn, counted, events } = world(trouble);
      expect(await signIn()).toBe("temporarily-unavailable");
      expect([counted, events]).toEqual([["cleared"], []]);
    }
  });
});

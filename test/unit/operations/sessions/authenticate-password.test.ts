import { describe, expect, it } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import {
  authenticatePassword,
  type AuthenticationDependencies,
} from "../../../../shared/operations/sessions/authenticate-password.ts";
import type { AuditEvent } from "../../../../shared/domain/audit.ts";
import { AccountDisabled, AdmissionRefused } from "../../../../shared/domain/ports/identity-provider.ts";
import type { SignInLock } from "../../../../shared/domain/ports/sessions.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { organisation, user } from "../../../support/domain.ts";

const now = new Date("2026-11-22T12:00:00.000Z");
const origin = { actor: null, address: "192.0.2.1", requestId: "request" };

/** A world with one user, in which Cognito answers a sign-in in a given way. */
function world(
  answer: "tokens" | Error,
  account: Partial<User> = {},
  lock: Pick<SignInLock, "lockedUntil" | "recorded"> | null = null,
  disabled = false,
  organisationId: string | null = null,
) {
  const events: AuditEvent[] = [];
  const counted: string[] = [];
  const one = user(account);
  const calls: string[] = [];
  /** Reads of the table and the call of Cognito, in the order in which they began. */
  const reads: string[] = [];
  /** A disabled account is refused for that reason until it is enabled. */
  const refusal = (reason: Error) =>
    disabled && !calls.includes("enable") ? new AccountDisabled() : looked(reason);
  const looked = (reason: Error) => {
    calls.push("look");
    return reason;
  };
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
      begin: (subject) =>
        Promise.resolve({ ...subject, organisationId, ...(lock ?? { id: "attempt", last: false }) }),
      fail: () => Promise.resolve(void counted.push("failed")),
      takeBack: ({ id }) => Promise.resolve(void counted.push(`${id} taken back`)),
      clear: ({ device }) => Promise.resolve(void counted.push(`cleared for ${device ?? "all"}`)),
      recordRefusal: (_, event) => Promise.resolve(void events.push(event)),
    },
    identityProvider: {
      signIn: async () => {
        reads.push("Cognito");
        await Promise.resolve();
        reads.push("Cognito's answer");
        if (answer !== "tokens") throw refusal(answer);
        return tokens;
      },
      enable: () => Promise.resolve(void calls.push("enable")),
    },
    users: {
      locate: (username) => {
        reads.push("locate");
        return Promise.resolve(username === "ftest" ? "2" : null);
      },
      findMember: () => {
        reads.push("findMember");
        return Promise.resolve({ user: one, organisation: organisation() });
      },
    },
    auditTrail: { append: (event) => Promise.resolve(void events.push(event)) },
    clock: () => now,
    newId: () => "id",
  };
  const signIn = (password = "Tulpenveld-48!", username = "ftest", device: string | null = null) =>
    authenticatePassword(dependencies)({ username, password, device }, origin).then(
      () => "in",
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );
  return { signIn, events, counted, calls, reads };
}

describe("signing in (DESIGN §2)", () => {
  it("a right password lets an active user in", async () => {
    expect(await world("tokens").signIn()).toBe("in");
  });

  it.each([
    ["the user, where the count knows the organisation", "2", "findMember", []],
    ["the organisation, where it does not", null, "locate", ["findMember"]],
  ])("reads beside Cognito's answer %s", async (_, organisationId, beside, after) => {
    const right = world("tokens", {}, null, false, organisationId);
    expect(await right.signIn()).toBe("in");
    expect(right.reads.slice(0, 3).toSorted()).toEqual(["Cognito", "Cognito's answer", beside].toSorted());
    expect(right.reads.slice(3)).toEqual(after);
    const wrong = world(new DomainError("invalid-credentials"), {}, null, false, organisationId);
    await wrong.signIn();
    expect(wrong.reads.toSorted()).toEqual(["Cognito", "Cognito's answer", beside].toSorted());
    expect(wrong.events).toMatchObject([{ organisationId: "2" }]);
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
  ])("%s is told only after the right password, which clears the count", async (_, account, code) => {
    for (const device of [null, "browser"]) {
      const { signIn, counted, events } = world(new AdmissionRefused(), account);
      expect(await signIn("Tulpenveld-48!", "ftest", device)).toBe(code);
      expect(counted).toEqual([`cleared for ${device ?? "all"}`]);
      expect(events).toMatchObject([{ detail: { reason: code } }]);
    }
  });

  it("a deleted account is answered and counted like a wrong password, also with the right one", async () => {
    const { signIn, counted, events } = world(new AdmissionRefused(), { status: "deleted" });
    expect(await signIn()).toBe("invalid-credentials");
    expect(counted).toEqual(["failed"]);
    expect(events).toMatchObject([{ detail: { reason: "invalid-credentials" } }]);
  });

  describe("an account that is disabled in Cognito", () => {
    const wrong = new DomainError("invalid-credentials");

    it.each(["inactive", "deleted"] as const)(
      "by the version before, since it is %s, is enabled, and its password judged",
      async (status) => {
        const guessed = world(wrong, { status }, null, true);
        expect(await guessed.signIn()).toBe("invalid-credentials");
        expect([guessed.calls, guessed.counted]).toEqual([["enable", "look"], ["failed"]]);
        const right = world(new AdmissionRefused(), { status }, null, true);
        expect(await right.signIn()).toBe(status === "inactive" ? "account-inactive" : "invalid-credentials");
      },
    );

    it("by hand, while it is usable, stays so", async () => {
      const { signIn, calls, counted } = world(new AdmissionRefused(), {}, null, true);
      expect(await signIn()).toBe("invalid-credentials");
      expect([calls, counted]).toEqual([[], ["failed"]]);
    });
  });

  it.each<[string, Error]>([
    ["Cognito fails", new DomainError("temporarily-unavailable")],
    ["the admission check failed to run", new AdmissionRefused()],
    ["something else breaks", new Error("reset")],
  ])("when %s, its own attempt is taken off and nothing else (SECURITY 12)", async (_, trouble) => {
    const { signIn, counted, events } = world(trouble);
    expect(["temporarily-unavailable", trouble]).toContain(await signIn());
    expect([counted, events]).toEqual([["attempt taken back"], []]);
  });

  it("during a lock nobody is asked, and one attempt is an audit event", async () => {
    const lockedUntil = now.getTime() + 60_000;
    const first = world("tokens", {}, { lockedUntil, recorded: false });
    expect([await first.signIn(), first.counted]).toEqual(["too-many-attempts", []]);
    expect(first.events).toMatchObject([
      { action: "session.refused", organisationId: "2", detail: { reason: "too-many-attempts" } },
    ]);
    const later = world("tokens", {}, { lockedUntil, recorded: true });
    expect([await later.signIn(), later.events]).toEqual(["too-many-attempts", []]);
  });
});

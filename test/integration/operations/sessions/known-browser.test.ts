import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { DomainError, isDomainError } from "../../../../shared/domain/errors.ts";
import { AccountDisabled } from "../../../../shared/domain/ports/identity-provider.ts";
import { secretHash } from "../../../../shared/domain/secret-hash.ts";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { instant, plusHours } from "../../../../shared/domain/time.ts";
import { cursorSecret } from "../../../../shared/dynamodb/cursor-secret.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { DynamoPasswordLinkRepository } from "../../../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../../../shared/dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../../../shared/dynamodb/session-repository.ts";
import { DynamoSignInGuard } from "../../../../shared/dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { redeemByForm } from "../../../../shared/operations/passwords/redeem-by-form.ts";
import { authenticatePassword } from "../../../../shared/operations/sessions/authenticate-password.ts";
import { deviceCookies } from "../../../../shared/operations/sessions/device-cookie.ts";
import { findWebSession, webSessions } from "../../../../shared/operations/sessions/web-session.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { consequences, inParallel, seed } from "../../dynamodb/seed.ts";

const settings = z.parse(settingsSchema, {});
const origin = { actor: null, address: "192.0.2.1", requestId: "request" };
const first = "Tulpenveld-48!";

/** Cognito, which knows one password. */
class Cognito {
  password = first;
  /** Thrown by the next sign-in. */
  trouble: Error | null = null;

  setPassword(_: unknown, password: string): Promise<void> {
    this.password = password;
    return new Promise((resolve) => setTimeout(resolve, 50));
  }

  enable(): Promise<void> {
    return Promise.resolve();
  }

  signIn(username: string | null, password: string) {
    const error =
      this.trouble ?? (password === this.password ? null : new DomainError("invalid-credentials"));
    this.trouble = null;
    if (error) return Promise.reject(error);
    const tokens = { idToken: "", refreshToken: null, jti: "", expiresInSeconds: 900 };
    return Promise.resolve({ ...tokens, username: username ?? "", organisationId: "2" });
  }
}

let tables: TestTables;
let cognito: Cognito;
let now: Date;

beforeEach(async () => {
  tables = await createTables();
  cognito = new Cognito();
  now = new Date("2026-11-22T12:00:00.000Z");
  await seed(tables, { organisations: [organisation()], users: [user()] });
});

function pages() {
  const clock = () => now;
  const dependencies = {
    users: new DynamoUserRepository(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings }),
    passwords: new DynamoPasswordRepository(tables),
    sessions: new DynamoSessionRepository(tables),
    guard: new DynamoSignInGuard({ ...tables, settings }),
    auditTrail: new DynamoAuditTrail(tables),
    identityProvider: cognito,
    operatorName: "CIZ",
    measure: (name: string) => void measured.push(name),
    settings,
    clock,
    newId: () => crypto.randomUUID(),
  };
  const devices = deviceCookies({ secret: cursorSecret(tables), clock });
  const redeem = redeemByForm(dependencies);
  const authenticate = authenticatePassword(dependencies);
  const web = webSessions({ ...dependencies, devices, redeem, authenticate });
  return { ...dependencies, web, findWebSession: findWebSession(dependencies) };
}

/** The names of what was measured, in order. */
let measured: string[] = [];
beforeEach(() => {
  measured = [];
});

const codeOf = (error: unknown) => (isDomainError(error) ? error.code : error);
const signIn = (password: string, deviceCookie: string | null = null) =>
  pages()
    .web.signInToWeb({ username: "ftest", password, deviceCookie, origin })
    .catch((error: unknown) => codeOf(error));

/** @returns what every further attempt of strangers is told */
async function lockOut(): Promise<unknown> {
  for (let time = 0; time < 5; time += 1) expect(await signIn("Verkeerd-1234")).toBe("invalid-credentials");
  return signIn(first);
}

async function cookieOf(signedIn: unknown): Promise<string> {
  const { cookie, deviceCookie } = signedIn as { cookie: string; deviceCookie: string };
  expect(await pages().findWebSession(cookie)).not.toBeNull();
  return deviceCookie;
}

async function events(action: string): Promise<number> {
  return (await tables.auditEvents()).filter((event) => event["action"] === action).length;
}

describe("a browser that one signed in with before (SECURITY 12, 37)", () => {
  it("lets its owner in while strangers keep the name locked, and a wrong password no further", async () => {
    const known = await cookieOf(await signIn(first));
    expect(await lockOut()).toBe("too-many-attempts");
    for (let time = 0; time < 4; time += 1)
      expect(await signIn("Vergeten-77!", known)).toBe("invalid-credentials");
    const renewed = await cookieOf(await signIn(first, known));
    expect(renewed).not.toBe(known);
    expect(await signIn(first)).toBe("too-many-attempts");
    for (let time = 0; time < 5; time += 1)
      expect(await signIn("Vergeten-77!", renewed)).toBe("invalid-credentials");
    expect(await signIn(first, renewed)).toBe("too-many-attempts");
  });

  it("opens nothing by itself, and no lock of another's name", async () => {
    const known = await cookieOf(await signIn(first));
    expect(await pages().findWebSession(known)).toBeNull();
    expect(await signIn("Verkeerd-1234", known)).toBe("invalid-credentials");
    await seed(tables, { users: [user({ username: "other", email: "other@zorg.example" })] });
    const other = (password: string) =>
      pages()
        .web.signInToWeb({ username: "other", password, deviceCookie: known, origin })
        .catch((error: unknown) => codeOf(error));
    for (let time = 0; time < 5; time += 1) expect(await other("Verkeerd-1234")).toBe("invalid-credentials");
    expect(await other(first)).toBe("too-many-attempts");
  });

  it("attempts during a lock leave one audit event in all", async () => {
    await lockOut();
    await inParallel(10, () => signIn(first));
    expect(await events("session.refused")).toBe(5 + 1);
  });

  it("a service that fails again and again locks nobody out", async () => {
    for (let time = 0; time < 20; time += 1) {
      cognito.trouble = new DomainError("temporarily-unavailable");
      expect(await signIn(first)).toBe("temporarily-unavailable");
    }
    await cookieOf(await signIn(first));
  });

  it("a session that cannot be opened takes its attempt off again", async () => {
    const { web, sessions } = pages();
    sessions.open = () => Promise.reject(new DomainError("temporarily-unavailable"));
    for (let time = 0; time < 10; time += 1) {
      const attempt = { username: "ftest", password: first, deviceCookie: null, origin };
      await expect(web.signInToWeb(attempt)).rejects.toThrow("temporarily-unavailable");
    }
    await cookieOf(await signIn(first));
  });
});

describe("setting a password with a link, on the pages (DESIGN §2)", () => {
  const password = "Korenbloem-77?";
  const form = { token: "secret", password, formKey: "key", deviceCookie: null, origin };

  async function linkSent(): Promise<void> {
    const { links, users } = pages();
    const link = { user: (await users.find("2", "ftest"))!, linkId: "link" };
    await links.request({ username: "ftest", address: "192.0.2.1", now, link, consequences: consequences() });
    const reference = { organisationId: "2", username: "ftest", linkId: "link" };
    await links.mint(reference, secretHash("secret"), instant(now), plusHours(now, 8));
  }
  const set = (parts: Partial<typeof form> = {}) =>
    pages()
      .web.setPasswordByLink({ ...form, ...parts })
      .catch((error: unknown) => codeOf(error));

  beforeEach(linkSent);

  it("signs in, with no lock in the way, and this browser is known from then on", async () => {
    expect(await lockOut()).toBe("too-many-attempts");
    const known = await cookieOf(await set());
    expect(measured).toEqual(["SignIns"]);
    expect([await events("password.set"), await events("session.opened")]).toEqual([1, 1]);
    // The count of strangers begins anew; when it is full, the owner still comes in.
    cognito.password = password;
    for (let time = 0; time < 5; time += 1) await signIn("Verkeerd-1234");
    expect(await signIn(password)).toBe("too-many-attempts");
    await cookieOf(await signIn(password, known));
  });

  it.each([
    ["afterwards", () => set().then(() => set())],
    [
      "at the same moment",
      () => Promise.all([set(), set()]).then((both) => both.find((one) => one === "only-set")),
    ],
  ])("sent twice %s: is told that it is set, and opens one session", async (_, twice) => {
    expect(await twice()).toBe("only-set");
    expect([await events("password.set"), await events("session.opened")]).toEqual([1, 1]);
  });

  it("a used link tells nothing to another form: neither without its key, nor with another password", async () => {
    await set();
    for (const other of [{ formKey: "other" }, { formKey: "" }, { password: "Zonnebloem-17?" }]) {
      expect(await set(other)).toBe("link-expired");
    }
  });

  it.each([
    ["Cognito fails", new DomainError("temporarily-unavailable")],
    ["the account is disabled by hand", new AccountDisabled()],
  ])("is set all the same when %s, and its user signs in later", async (_, trouble) => {
    cognito.trouble = trouble;
    expect(await set()).toBe("only-set");
    expect(await events("session.opened")).toBe(0);
    await cookieOf(await signIn(password));
  });
});

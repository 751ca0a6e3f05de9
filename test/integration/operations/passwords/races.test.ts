import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { changePassword } from "../../../../shared/operations/passwords/change-password.ts";
import { redeemPasswordLink } from "../../../../shared/operations/passwords/redeem-password-link.ts";
import { authenticatePassword } from "../../../../shared/operations/sessions/authenticate-password.ts";
import type { IdentityProvider, IssuedTokens } from "../../../../shared/domain/ports/identity-provider.ts";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { instant, plusHours } from "../../../../shared/domain/time.ts";
import type { Session, User } from "../../../../shared/domain/user.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { DynamoPasswordLinkRepository } from "../../../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../../../shared/dynamodb/password-repository.ts";
import { DynamoSignInGuard } from "../../../../shared/dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { compareWithHistory } from "../../../../shared/operations/passwords/password-history.ts";
import { secretHash } from "../../../../shared/domain/secret-hash.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { refusalsOf, seed } from "../../dynamodb/seed.ts";

/*
 * Two systems hold a password: Cognito checks it, and our table has its dates and history. After any concurrent
 * calls, our table must describe the password that Cognito was given last.
 */

const settings = { ...z.parse(settingsSchema, {}), linksPerUserPerHour: 1000, linksPerSourcePerHour: 1000 };
const origin = { actor: null, address: "192.0.2.1", requestId: "request" };
const nothing = { mails: [], events: [] };
const session: Session = {
  kind: "api",
  startedAt: "2026-11-22T11:00:00.000Z",
  expiresAt: "2026-11-22T19:00:00.000Z",
  tokens: ["token"],
};

/** An identity provider that, like Cognito, knows one password. */
class OnePassword implements Pick<IdentityProvider, "setPassword" | "signIn" | "enable"> {
  password = "Tulpenveld-48!";
  /** Runs while a password is being set. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  async setPassword(_: User, password: string): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = () => Promise.resolve();
    await meanwhile();
    this.password = password;
  }

  enable(): Promise<void> {
    return Promise.resolve();
  }

  signIn(username: string | null, password: string): Promise<IssuedTokens> {
    if (password !== this.password) return Promise.reject(new DomainError("invalid-credentials"));
    const tokens = { idToken: "", refreshToken: null, jti: "", expiresInSeconds: 900 };
    return Promise.resolve({ ...tokens, username: username ?? "", organisationId: "2" });
  }
}

let tables: TestTables;
let identityProvider: OnePassword;
let world: ReturnType<typeof makeWorld>;
let now: Date;

beforeEach(async () => {
  tables = await createTables();
  identityProvider = new OnePassword();
  now = new Date("2026-11-22T12:00:00.000Z");
  world = makeWorld();
});

function makeWorld() {
  const users = new DynamoUserRepository(tables);
  const links = new DynamoPasswordLinkRepository({ ...tables, settings });
  const passwords = new DynamoPasswordRepository(tables);
  const guard = new DynamoSignInGuard({ ...tables, settings });
  let id = 0;
  const dependencies = {
    users,
    links,
    passwords,
    guard,
    identityProvider,
    settings,
    operatorName: "CIZ",
    auditTrail: new DynamoAuditTrail(tables),
    clock: () => now,
    newId: () => `id-${(id += 1)}`,
  };
  const redeem = redeemPasswordLink(dependencies);
  const change = changePassword({ ...dependencies, authenticate: authenticatePassword(dependencies) });
  const stored = async () => (await users.findMember("2", "ftest"))!;

  /** A link that has been sent, as the user finds it in the mail. */
  async function linkSent(linkId: string): Promise<string> {
    const { user } = await stored();
    await links.request({
      username: "ftest",
      address: "192.0.2.1",
      now,
      link: { user, linkId },
      consequences: nothing,
    });
    const reference = { organisationId: "2", username: "ftest", linkId };
    await links.mint(reference, secretHash(linkId), instant(now), plusHours(now, 8));
    return linkId;
  }

  /** True if our history's current password is the one that Cognito accepts. */
  async function agrees(): Promise<boolean> {
    const history = (await passwords.findHistory("2", "ftest"))!;
    return (await compareWithHistory(identityProvider.password, history, 0)).recentlyUsed;
  }

  return {
    stored,
    linkSent,
    agrees,
    guard,
    redeemed: async (token: string, password: string) => {
      const request = { params: { token }, body: { password }, origin };
      await redeem(request as Parameters<typeof redeem>[0]);
    },
    changed: async (currentPassword: string, newPassword: string) => {
      const request = {
        params: {},
        query: {},
        body: { currentPassword, newPassword },
        origin,
        caller: { ...(await stored()), sessionId: "mine" },
        language: "nl",
        sourceAddress: "192.0.2.1",
      };
      await change(request as unknown as Parameters<typeof change>[0]);
    },
  };
}

const given = (parts: Partial<User> = {}) =>
  seed(tables, { organisations: [organisation()], users: [user({ sessions: { mine: session }, ...parts })] });

describe("while a password is being set", () => {
  const invited = { status: "invited", passwordChangedAt: null, passwordExpiresAt: null } as const;

  it.each([
    ["a first one", invited],
    ["another one", {}],
  ])(
    "a newer link may be requested (%s): the password is valid, and the newer link is revoked",
    async (_, is) => {
      await given(is);
      const older = await world.linkSent("older");
      identityProvider.meanwhile = () => world.linkSent("newer");
      await world.redeemed(older, "Zonnebloem-17?");
      const { user: after } = await world.stored();
      expect([after.status, after.passwordChangedAt]).toEqual(["active", instant(now)]);
      expect(await world.agrees()).toBe(true);
      expect(after.passwordLink).toMatchObject({ id: "newer", state: "revoked" });
      for (const link of [older, "newer"]) {
        await expect(world.redeemed(link, "Korenbloem-71?")).rejects.toThrow("link-expired");
      }
      expect(await world.agrees()).toBe(true);
    },
  );

  it("no other password is set, with a newer link or by the signed-in user", async () => {
    await given();
    const older = await world.linkSent("older");
    const refusals: unknown[] = [];
    identityProvider.meanwhile = async () => {
      const newer = await world.linkSent("newer");
      const { password } = identityProvider;
      refusals.push(
        ...refusalsOf(await Promise.allSettled([world.redeemed(newer, "Korenbloem-71?")])),
        ...refusalsOf(await Promise.allSettled([world.changed(password, "Vergeetmijniet-3")])),
      );
    };
    await world.redeemed(older, "Zonnebloem-17?");
    expect(refusals).toEqual(["temporarily-unavailable", "temporarily-unavailable"]);
    expect(identityProvider.password).toBe("Zonnebloem-17?");
    expect(await world.agrees()).toBe(true);
  });

  it("a change holds back a link, and revokes it", async () => {
    await given();
    const link = await world.linkSent("link");
    identityProvider.meanwhile = () =>
      expect(world.redeemed(link, "Korenbloem-71?")).rejects.toThrow("temporarily-unavailable");
    await world.changed(identityProvider.password, "Zonnebloem-17?");
    expect(await world.agrees()).toBe(true);
    now = new Date(now.getTime() + 1000);
    await expect(world.redeemed(link, "Korenbloem-71?")).rejects.toThrow("link-expired");
    expect(await world.agrees()).toBe(true);
  });

  it("a password that was judged against an older history is judged again", async () => {
    await given();
    const stale = (await world.stored()).user;
    now = new Date(now.getTime() + 1000);
    await world.changed(identityProvider.password, "Zonnebloem-17?");
    const claim = { user: stale, linkId: await world.linkSent("link"), at: instant(now) };
    const late = new DynamoPasswordRepository(tables).claim(claim, "2026-11-22T11:00:00.000Z");
    await expect(late).rejects.toThrow("temporarily-unavailable");
  });

  it("a failing provider changes nothing: the link stays usable, and the claim is released", async () => {
    await given();
    const link = await world.linkSent("link");
    identityProvider.meanwhile = () => Promise.reject(new DomainError("temporarily-unavailable"));
    await expect(world.redeemed(link, "Zonnebloem-17?")).rejects.toThrow("temporarily-unavailable");
    await world.redeemed(link, "Zonnebloem-17?");
    expect(await world.agrees()).toBe(true);
  });
});

it("of twenty concurrent calls one wins each time, and our history agrees with Cognito", async () => {
  await given();
  const link = await world.linkSent("link");
  const attempts = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0
      ? world.redeemed(link, `Zonnebloem-${index + 10}?`)
      : world.changed("Tulpenveld-48!", `Korenbloem-${index + 10}?`),
  );
  const results = await Promise.allSettled(attempts);
  expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(await world.agrees()).toBe(true);
});

describe("changing a password", () => {
  it("rejected new passwords never count as failed sign-ins", async () => {
    await given();
    for (let time = 0; time < 6; time += 1) {
      await expect(world.changed("Tulpenveld-48!", "kort")).rejects.toThrow("password-rejected");
    }
    for (const device of [null, "mine"]) {
      expect(await world.guard.begin({ username: "ftest", device }, now)).toMatchObject({ last: false });
    }
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  findWebSession,
  webSessions,
  type FindWebSessionDependencies,
  type WebSessionDependencies,
} from "../../../../shared/operations/sessions/web-session.ts";
import type { Authenticated } from "../../../../shared/operations/sessions/authenticate-password.ts";
import { deviceCookies } from "../../../../shared/operations/sessions/device-cookie.ts";
import type { Session, User } from "../../../../shared/domain/user.ts";
import { organisation, user } from "../../../support/domain.ts";
import { settings } from "../../web/samples.ts";

const origin = { actor: null, address: "192.0.2.1", requestId: "r1" };
const start = new Date("2026-11-22T09:00:00Z");
let now: Date;
let stored: User;
const noteSeen = vi.fn((_: User, id: string, at: string) => {
  const session = stored.sessions[id];
  if (!session) return Promise.resolve(false);
  stored = { ...stored, sessions: { ...stored.sessions, [id]: { ...session, lastSeenAt: at } } };
  return Promise.resolve(true);
});

/** The pages' sessions of one person, in a store of one item. */
const sessions = () => {
  const dependencies: WebSessionDependencies & FindWebSessionDependencies = {
    authenticate: () =>
      Promise.resolve({
        user: stored,
        organisation: organisation(),
        attempt: { username: "ftest", device: null, organisationId: null, id: "attempt", last: false },
      } as unknown as Authenticated),
    guard: { takeBack: () => Promise.resolve() },
    measure: () => undefined,
    redeem: () => Promise.resolve({ user: stored, organisation: organisation() }),
    identityProvider: { signIn: () => Promise.reject(new Error("not asked")) },
    devices: deviceCookies({ secret: () => Promise.resolve(new Uint8Array(32)), clock: () => now }),
    users: { findMember: () => Promise.resolve({ user: stored, organisation: organisation() }) },
    sessions: {
      open: (_, id: string, session: Session) => {
        stored = { ...stored, sessions: { [id]: session } };
        return Promise.resolve();
      },
      noteSeen,
      end: () => Promise.resolve(),
    },
    settings,
    clock: () => now,
    newId: () => "id",
  };
  return { ...webSessions(dependencies), findWebSession: findWebSession(dependencies) };
};

const after = (minutes: number) => {
  now = new Date(start.getTime() + minutes * 60_000);
};
const signIn = () => sessions().signInToWeb({ username: "ftest", password: "p", deviceCookie: null, origin });

beforeEach(() => {
  stored = user();
  noteSeen.mockClear();
  after(0);
});

describe("a session of the pages (SECURITY 17)", () => {
  it("ends after 15 minutes without a request", async () => {
    const { cookie } = await signIn();
    after(14.9);
    expect(await sessions().findWebSession(cookie)).not.toBeNull();
    after(29);
    expect(await sessions().findWebSession(cookie)).not.toBeNull();
    after(44);
    expect(await sessions().findWebSession(cookie)).toBeNull();
  });

  it("ends after 8 hours, even in use", async () => {
    const { cookie } = await signIn();
    for (let minutes = 10; minutes < 8 * 60; minutes += 10) {
      after(minutes);
      expect(await sessions().findWebSession(cookie)).not.toBeNull();
    }
    after(8 * 60);
    expect(await sessions().findWebSession(cookie)).toBeNull();
  });

  it("is noted as seen once a minute at most", async () => {
    const { cookie } = await signIn();
    for (const minutes of [0.1, 0.5, 0.9, 1.1, 1.5, 2, 2.2]) {
      after(minutes);
      await sessions().findWebSession(cookie);
    }
    expect(noteSeen).toHaveBeenCalledTimes(2);
  });

  it("does not come back if it ends during a request", async () => {
    const { cookie } = await signIn();
    after(5);
    noteSeen.mockResolvedValueOnce(false);
    expect(await sessions().findWebSession(cookie)).toBeNull();
  });

  it("is found with its id, so that a changed password can spare it", async () => {
    const { cookie } = await signIn();
    const found = await sessions().findWebSession(cookie);
    expect(Object.keys(stored.sessions)).toEqual([found?.sessionId]);
    after(3);
    const later = await sessions().findWebSession(cookie);
    expect(later?.member.user.sessions).toEqual(stored.sessions);
  });
});

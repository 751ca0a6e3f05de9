import { beforeEach, describe, expect, it } from "vitest";
import { organisation } from "../../../support/domain.ts";
import { World, type Account } from "./world.ts";

const createdAt = "2026-05-22T10:00:00.000Z";
const lapseDay = "2026-11-22T05:00:00Z";

const account = (username: string, parts: Partial<Account> = {}): Account => ({
  username,
  createdAt,
  passwordExpiresAt: null,
  passwordChangedAt: null,
  ...parts,
});

/** Everybody whom a job can meet: due, not due, used since, ended, the last of a role. */
const people = [
  account("manager", { organisationId: "1", roles: ["contract-manager"] }),
  account("admin", { roles: ["organisation-admin"], createdAt: "2026-11-20T09:00:00.000Z" }),
  account("lapses"),
  account("invited", { status: "invited" }),
  account("used", { lastLoginAt: "2026-11-21T09:00:00.000Z" }),
  account("bounced", { mailStatus: "bounced" }),
  account("told", { createdAt: "2026-06-01T10:00:00.000Z" }),
  account("expires", {
    createdAt: "2026-11-01T10:00:00.000Z",
    passwordChangedAt: "2026-09-01T10:00:00.000Z",
    passwordExpiresAt: "2026-11-29T10:00:00.000Z",
  }),
];

describe("a dry run of a job", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.create();
    await world.seed([organisation({ id: "1", displayName: "CIZ" }), organisation()], people);
  });

  it.each(["warn", "deactivate"] as const)("does nothing, and says what a run then does: %s", async (job) => {
    const before = await world.state();
    const { planned = [], ...dry } = await world[job](lapseDay, true);
    expect(await world.state()).toEqual(before);
    expect(world.measured).toEqual({});
    expect(planned.length).toBeGreaterThan(0);
    const again = await world[job](lapseDay, true);
    expect(again).toEqual({ ...dry, planned });

    const { from, ...real } = await world[job](lapseDay);
    expect(from).toBeDefined();
    expect(real).toEqual({ ...dry, from: undefined });
    expect(planned.filter(({ outcome }) => outcome === "done")).toHaveLength(real.done);
  });

  it("names the account that would stay, since nobody else could do its work", async () => {
    const { kept } = await world.deactivate(lapseDay, true);
    expect(kept).toEqual(["manager"]);
  });
});

import type { DomainError } from "../../../shared/domain/errors.ts";
import { beforeEach, describe, expect, it } from "vitest";
import type { PasswordLinkRepository } from "../../../shared/domain/ports/passwords.ts";
import { DynamoPasswordLinkRepository } from "../../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { damage, inParallel, mail, refusalsOf, seed, sampleEvent } from "./seed.ts";

type LinkRequest = Parameters<PasswordLinkRepository["request"]>[0];

let tables: TestTables;
let links: DynamoPasswordLinkRepository;

const noon = new Date("2026-11-22T12:00:00.000Z");
const after = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const settings = { linksPerUserPerHour: 5, linksPerSourcePerHour: 20 };
const stored = () => new DynamoUserRepository(tables).find("2", "ftest");

/** A request for a known login name; a `linkId` of null means that there is no recipient. */
function request(linkId: string | null, parts: Partial<LinkRequest> = {}): Promise<void> {
  const mails = linkId === null ? [] : [mail({ linkId })];
  const link = linkId === null ? null : { user: user(), linkId };
  const about = { username: "ftest", address: "192.0.2.1", now: noon };
  return links.request({ ...about, link, consequences: { mails, events: [sampleEvent()] }, ...parts });
}

beforeEach(async () => {
  tables = await createTables();
  links = new DynamoPasswordLinkRepository({ ...tables, settings });
  await seed(tables, { organisations: [organisation()], users: [user()] });
  tables.forget();
});

describe("request", () => {
  it("makes the link the user's newest, with mail, audit event and counts, in one transaction", async () => {
    await request("link-1");
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect((await stored())?.passwordLink).toEqual({
      id: "link-1",
      requestedAt: noon.toISOString(),
      state: "open",
      sentAt: null,
      expiresAt: null,
    });
    expect(await tables.items("MAIL")).toHaveLength(1);
    expect(await tables.auditEvents()).toHaveLength(1);
    expect(await tables.items("LIMIT")).toHaveLength(2);
  });

  it("replaces the link before it", async () => {
    await request("link-1");
    await request("link-2");
    expect((await stored())?.passwordLink?.id).toBe("link-2");
  });

  it("counts and audits an unknown login name with the same number of calls", async () => {
    await request(null, { username: "nobody" });
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await tables.items("LIMIT")).toHaveLength(2);
    expect(await tables.items("MAIL")).toEqual([]);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it.each([
    ["the account", "USER#ftest", { status: "deleted" }],
    ["the organisation", "ORG", { status: "closed" }],
    ["mail to the address", "USER#ftest", { mailStatus: "bounced" }],
  ])("only counts and audits where %s ended meanwhile", async (_, key, change) => {
    await damage(tables, key, change);
    await request("link-1");
    expect((await stored())?.passwordLink).toBeNull();
    expect(await tables.items("MAIL")).toEqual([]);
    expect(await tables.items("LIMIT")).toHaveLength(2);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("lets exactly five of twenty parallel requests for one login name through", async () => {
    const results = await inParallel(20, (index) =>
      request(`link-${index}`, { address: `192.0.2.${index}` }),
    );
    expect(refusalsOf(results)).toEqual(Array(15).fill("too-many-attempts"));
    expect(await tables.items("MAIL")).toHaveLength(5);
    expect(await tables.auditEvents()).toHaveLength(5);
  });

  it("lets exactly twenty of thirty parallel requests from one address through", async () => {
    const results = await inParallel(30, (index) => request(null, { username: `nobody${index + 2}` }));
    expect(refusalsOf(results)).toEqual(Array(10).fill("too-many-attempts"));
  });

  it("says when the next request is allowed", async () => {
    for (const minutes of [0, 10, 20, 30, 40]) await request("link", { now: after(minutes) });
    const refusal: unknown = await request("link", { now: after(45) }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "too-many-attempts" });
    expect((refusal as DomainError).retryAfterSeconds).toBe(15 * 60);
  });

  it("counts a refused request neither for the address nor for the name", async () => {
    for (let count = 0; count < 5; count += 1) await request("link");
    await expect(request("link", { address: "192.0.2.9" })).rejects.toThrow("too-many-attempts");
    expect(await tables.items("LIMIT#link-source#192.0.2.9")).toEqual([]);
  });
});

describe("allowance", () => {
  const allowance = (minutes = 0, username = "ftest", address = "192.0.2.1") =>
    links.allowance(username, address, after(minutes));

  it("knows both counts and the name's organisation from one round trip", async () => {
    expect(await allowance()).toEqual({ allowed: true, retryAfterSeconds: 0, organisationId: "2" });
    expect(tables.requests).toEqual(["BatchGetItem"]);
  });

  it("is the same for an unknown login name, but for the organisation", async () => {
    const nobody = { allowed: true, retryAfterSeconds: 0, organisationId: null };
    expect(await allowance(0, "nobody")).toEqual(nobody);
    expect(await allowance(0, "can be no name, ☃")).toEqual(nobody);
    expect(tables.requests).toEqual(["BatchGetItem", "BatchGetItem"]);
  });

  it("slides: each request counts for exactly an hour", async () => {
    for (const minutes of [0, 10, 20, 30, 40]) await request("link", { now: after(minutes) });
    expect(await allowance(59)).toMatchObject({ allowed: false, retryAfterSeconds: 60 });
    expect(await allowance(60)).toMatchObject({ allowed: true });
    await request("link", { now: after(60) });
    expect(await allowance(60)).toMatchObject({ allowed: false, retryAfterSeconds: 10 * 60 });
  });

  it.each(["nobody", "can be no name, ☃"])("counts requests for %j, in any capitals", async (username) => {
    for (let count = 0; count < 5; count += 1) {
      await request(null, { username: count % 2 ? username : username.toUpperCase() });
    }
    expect(await allowance(0, username, "192.0.2.9")).toMatchObject({ allowed: false });
    expect(JSON.stringify(await tables.items("LIMIT"))).not.toContain("no name");
  });

  it("counts all addresses of one IPv6 network as one source, and no two networks", async () => {
    for (let count = 0; count < 20; count += 1) {
      const address = `2001:db8:0:1::${(count + 1).toString(16)}`;
      await request(null, { username: `nobody${count + 2}`, address });
    }
    expect(await allowance(0, "ftest", "2001:db8:0:1:ffff::1")).toMatchObject({ allowed: false });
    expect(await allowance(0, "ftest", "2001:db8:0:2::1")).toMatchObject({ allowed: true });
  });

  it("removes expired requests from a limit's item once there are many", async () => {
    const many = new DynamoPasswordLinkRepository({
      ...tables,
      settings: { linksPerUserPerHour: 200, linksPerSourcePerHour: 200 },
    });
    links = many;
    for (let count = 0; count < 101; count += 1) await request(null);
    await request(null, { now: after(50) });
    await allowance(50);
    const times = async () => (await tables.items("LIMIT#link-user"))[0]?.["asks"];
    expect(await times()).toHaveLength(102);
    await allowance(61);
    expect(await times()).toEqual([after(50).getTime()]);
  });

  it("lets DynamoDB remove a limit's item some time after its last request", async () => {
    await request("link");
    const [item] = await tables.items("LIMIT");
    expect(item?.["expireAt"]).toBe(after(120).getTime() / 1000);
  });

  it("calls a stored limit that does not parse a fault", async () => {
    await request("link");
    await damage(tables, "LIMIT#link-user#ftest", { asks: ["yesterday"] });
    await expect(allowance()).rejects.toThrow("A stored limit does not parse: asks");
  });
});

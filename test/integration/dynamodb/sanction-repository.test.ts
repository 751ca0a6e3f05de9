import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { DynamoLetterRepository } from "../../../shared/dynamodb/letter-repository.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoSanctionRepository } from "../../../shared/dynamodb/sanction-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../support/dynamodb.ts";
import { closure, contact, incident } from "../../support/sanctions.ts";
import { consequences, inParallel, refusalsOf } from "./seed.ts";

let tables: TestTables;
let organisations: DynamoOrganisationRepository;
let sanctions: DynamoSanctionRepository;
let letters: DynamoLetterRepository;

beforeEach(async () => {
  tables = await createTables();
  organisations = new DynamoOrganisationRepository(tables);
  sanctions = new DynamoSanctionRepository(tables);
  letters = new DynamoLetterRepository(tables);
  await organisations.register(organisation(), user({ roles: ["organisation-admin"] }), consequences());
  tables.forget();
});

const letter = (text = "a letter") => new TextEncoder().encode(text);
const close = (parts: Parameters<typeof closure>[0] = {}, text?: string) =>
  sanctions.close(closure({ id: randomUUID(), ...parts }), letter(text), consequences());

describe("incidents", () => {
  it("come back with their contacts in the order in which they took place, the newest incident first", async () => {
    const [first, second] = [
      incident({ id: "a" }),
      incident({ id: "b", recordedAt: "2026-11-12T09:00:00.000Z" }),
    ];
    await sanctions.record(first, consequences());
    await sanctions.record(second, consequences());
    const [later, earlier] = [contact(), contact({ at: "2026-11-11T10:00:00.000Z", with: "employee" })];
    await sanctions.addContact(first, { ...later, id: "2" }, consequences());
    await sanctions.addContact(first, { ...earlier, id: "1" }, consequences());
    tables.forget();
    const contacts = [
      { ...earlier, id: "1" },
      { ...later, id: "2" },
    ];
    expect(await sanctions.incidents("2")).toEqual([second, { ...first, contacts }]);
    expect(await sanctions.incident("2", "a")).toEqual({ ...first, contacts });
    expect(await sanctions.incident("2", "c")).toBeNull();
    expect(tables.requests).toEqual(["Query", "Query", "Query"]);
  });

  it("cannot replace another, and contacts need an existing one", async () => {
    await sanctions.record(incident(), consequences());
    await expect(sanctions.record(incident({ description: "Other" }), consequences())).rejects.toThrow();
    const unknown = { organisationId: "2", id: "none" };
    await expect(sanctions.addContact(unknown, { ...contact(), id: "1" }, consequences())).rejects.toThrow(
      "not-found",
    );
    const elsewhere = { organisationId: "3", id: incident().id };
    await expect(sanctions.addContact(elsewhere, { ...contact(), id: "1" }, consequences())).rejects.toThrow(
      "not-found",
    );
  });

  it("know who belongs to the organisation", async () => {
    expect(await sanctions.membersAmong("2", ["ftest", "nobody"])).toEqual(["ftest"]);
    expect(await sanctions.membersAmong("3", ["ftest"])).toEqual([]);
    expect(await sanctions.membersAmong("3", [])).toEqual([]);
  });
});

describe("closing", () => {
  it("is one transaction on the organisation, with closure, letter, mails and audit event", async () => {
    const before = (await tables.items("MAIL")).length;
    tables.forget();
    await close();
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await organisations.find("2")).toEqual(organisation({ status: "closed", version: 2 }));
    expect((await organisations.entries())[0]).toMatchObject({ id: "2", status: "closed" });
    expect(await tables.items("MAIL")).toHaveLength(before + 1);
  });

  it("accepts one of twenty parallel closures: one closure, one letter", async () => {
    const results = await inParallel(20, (index) => close({}, String(index)));
    expect(refusalsOf(results)).toEqual(Array(19).fill("already-closed"));
    expect(await sanctions.closures("2")).toHaveLength(1);
    const kept = (await tables.items("ORG#2")).filter(({ SK }) => String(SK).startsWith("LETTER#"));
    expect(kept).toHaveLength(1);
  });

  it("keeps the letter byte for byte", async () => {
    const one = closure();
    const bytes = Uint8Array.from({ length: 9000 }, (_, index) => index % 256);
    await sanctions.close(one, bytes, consequences());
    expect(await letters.find("2", one.id, "closing")).toEqual(bytes);
    expect(await letters.find("2", one.id, "reopening")).toBeNull();
    expect(await letters.find("3", one.id, "closing")).toBeNull();
  });

  it("keeps the longest letter there can be", async () => {
    const one = closure();
    const bytes = new Uint8Array(390_000).fill(7);
    await sanctions.close(one, bytes, consequences());
    expect(await letters.find("2", one.id, "closing")).toEqual(bytes);
  });

  it("finds a letter that an earlier version kept, the same at each reading", async () => {
    const pdf = new TextEncoder().encode("%PDF-1.7\n% by a writer that is gone\n%%EOF\n");
    await putAll(tables, [{ PK: "ORG#2", SK: "LETTER#c1#closing", pdf }]);
    expect(await letters.find("2", "c1", "closing")).toEqual(pdf);
    expect(await letters.find("2", "c1", "closing")).toEqual(pdf);
  });
});

describe("reopening", () => {
  const reopening = { at: "2026-12-01T09:00:00.000Z", by: "mvisser", reason: "Het is in orde." };

  it("completes the closure and records since when sessions count", async () => {
    const one = closure();
    await sanctions.close(one, letter(), consequences());
    await sanctions.reopen(one, reopening, letter("reopened"), consequences());
    const { at, by, reason } = reopening;
    expect(await sanctions.closures("2")).toEqual([
      { ...one, reopenedAt: at, reopenedBy: by, reopeningReason: reason },
    ]);
    expect(await organisations.find("2")).toMatchObject({ status: "open", reopenedAt: at, version: 3 });
    expect((await organisations.entries())[0]).toMatchObject({ status: "open" });
  });

  it("is refused where access is open, and one of many parallel reopenings succeeds", async () => {
    const one = closure();
    await expect(sanctions.reopen(one, reopening, letter(), consequences())).rejects.toThrow("not-closed");
    await sanctions.close(one, letter(), consequences());
    const results = await inParallel(10, () => sanctions.reopen(one, reopening, letter(), consequences()));
    expect(refusalsOf(results)).toEqual(Array(9).fill("not-closed"));
  });

  it("can be followed by another closure", async () => {
    const one = closure();
    await sanctions.close(one, letter(), consequences());
    await sanctions.reopen(one, reopening, letter(), consequences());
    await close({ closedAt: "2026-12-10T09:00:00.000Z" });
    expect((await sanctions.closures("2")).map(({ reopenedAt }) => reopenedAt)).toEqual([null, reopening.at]);
    expect(await organisations.find("2")).toMatchObject({ status: "closed", reopenedAt: reopening.at });
  });
});

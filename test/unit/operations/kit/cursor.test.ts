import type { DomainError } from "../../../../shared/domain/errors.ts";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cursors } from "../../../../shared/operations/kit/cursor.ts";

const secret = randomBytes(32);
const cursors = new Cursors(() => Promise.resolve(secret));
const scope = { list: "users", organisationId: "2", search: "çelik", sort: null };

describe("cursors are authenticated and bound to organisation and query (SECURITY 16)", () => {
  it("any position that was written is read again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (position) => {
        const cursor = await cursors.write(scope, position);
        expect(cursor).toMatch(/^[\w-]{38,}$/);
        expect(await cursors.read(scope, cursor)).toBe(position);
      }),
    );
  });

  it("the order of a scope's parts makes no difference, and neither do absent parts", async () => {
    const cursor = await cursors.write({ a: 1, b: null, c: "x" }, "p");
    expect(await cursors.read({ c: "x", b: undefined, a: 1 }, cursor)).toBe("p");
  });

  it.each([
    ["another organisation", { ...scope, organisationId: "3" }],
    ["another query", { ...scope, search: "celik" }],
    ["another list", { ...scope, list: "audit-events" }],
    ["a query that has more", { ...scope, status: "all" }],
    ["a number for a text", { ...scope, organisationId: 2 }],
  ])("that of %s is refused", async (_, other) => {
    const cursor = await cursors.write(other, "p");
    await expect(cursors.read(scope, cursor)).rejects.toThrow("invalid-request");
  });

  it("a cursor made with another secret is refused", async () => {
    const others = new Cursors(() => Promise.resolve(randomBytes(32)));
    await expect(cursors.read(scope, await others.write(scope, "p"))).rejects.toThrow("invalid-request");
  });

  it("a cursor with any character changed is refused", async () => {
    const cursor = await cursors.write(scope, "fproef");
    for (let place = 0; place < cursor.length; place += 1) {
      for (const other of ["A", "_", "", "=", " ", "."]) {
        const forged = cursor.slice(0, place) + other + cursor.slice(place + 1);
        if (forged === cursor) continue;
        await expect(cursors.read(scope, forged)).rejects.toThrow("invalid-request");
      }
    }
  });

  it("nobody can read in a cursor whom it names", async () => {
    const cursor = await cursors.write(scope, "fproef Jansen");
    expect(Buffer.from(cursor, "base64url").toString("latin1")).not.toMatch(/fproef|Jansen/);
  });

  it.each(["", ".", "..", "x", "fproef", "ZnByb2Vm.", "ZnByb2Vm", "\u0000", "%00", "é.é"])(
    "%j is none",
    async (text) => {
      const refusal = await cursors.read(scope, text).catch((error: unknown) => error);
      expect((refusal as DomainError).errors).toEqual([{ pointer: "query:after", code: "cursor" }]);
    },
  );
});

import { describe, expect, it } from "vitest";
import {
  addressChangedMails,
  changedFields,
  edited,
  ended,
  personFields,
} from "../../../shared/domain/account-changes.ts";
import type { PasswordLink } from "../../../shared/domain/user.ts";
import { person, user } from "../../support/domain.ts";

const link = (state: PasswordLink["state"]): PasswordLink => ({
  id: "link",
  requestedAt: "2026-11-22T12:00:00.000Z",
  sentAt: null,
  expiresAt: null,
  state,
});
const at = "2026-11-22T12:00:00.000Z";
const mailsTo = (before: Parameters<typeof user>[0], email: string) =>
  addressChangedMails(user(before), person({ email }), at, () => "id").map((mail) =>
    mail.template === "email-changed" ? mail.data.formerAddress : mail.template,
  );

describe("editing", () => {
  it("knows every field of a person", () => {
    expect([...personFields].sort()).toEqual(Object.keys(person()).sort());
  });

  it("names what differs", () => {
    expect(changedFields(person(), person({ infix: "de", memo: "x" }))).toEqual(["infix", "memo"]);
  });

  it.each([
    ["open", "revoked"],
    ["used", "used"],
    ["revoked", "revoked"],
  ] as const)("another address makes of a link that is %s one that is %s", (from, to) => {
    const before = user({ mailStatus: "bounced", passwordLink: link(from) });
    const after = edited(before, person({ email: "other@zorg.example" }), at);
    expect([after.mailStatus, after.passwordLink?.state]).toEqual(["unknown", to]);
  });

  it("leaves status and link as they are where only capitals of the address change", () => {
    const before = user({ mailStatus: "bounced", passwordLink: link("open") });
    const after = edited(before, person({ email: "FEMKE.test@zorg.example" }), at);
    expect([after.mailStatus, after.passwordLink?.state, after.version]).toEqual(["bounced", "open", 2]);
  });

  it("remembers the five latest addresses that bounced, each once", () => {
    const addresses = ["a", "b", "c", "d", "a", "e", "f"].map((name) => `${name}@zorg.example`);
    const last = addresses.reduce(
      (account, email) => edited({ ...account, mailStatus: "bounced" }, person({ email }), at),
      user({ email: "first@zorg.example" }),
    );
    expect(last.mailStatus).toBe("unknown");
    expect(last.undeliverable?.map(({ address }) => address[0])).toEqual(["e", "a", "d", "c", "b"]);
  });

  it("tells both addresses, except one that bounces; changed capitals tell nobody", () => {
    expect(mailsTo({ mailStatus: "ok" }, "other@zorg.example")).toEqual([null, "femke.test@zorg.example"]);
    expect(mailsTo({ mailStatus: "bounced" }, "other@zorg.example")).toEqual([null]);
    expect(mailsTo({ mailStatus: "complained" }, "other@zorg.example")).toEqual([null]);
    expect(mailsTo({}, "Femke.TEST@zorg.example")).toEqual([]);
  });
});

describe("ending", () => {
  it("leaves no session and no link that works", () => {
    const session = { kind: "api" as const, startedAt: at, expiresAt: at, tokens: [] };
    const before = user({ sessions: { one: session }, passwordLink: link("open") });
    expect(ended(before, "deleted", "Uit dienst")).toMatchObject({
      status: "deleted",
      remark: "Uit dienst",
      sessions: {},
      passwordLink: { state: "revoked" },
      version: 2,
    });
  });
});

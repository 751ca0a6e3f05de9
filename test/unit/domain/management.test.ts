import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { managementActs, mayManage } from "../../../shared/domain/management.ts";
import { roles } from "../../../shared/domain/user.ts";
import { user } from "../../support/domain.ts";

const account = fc.record({
  organisationId: fc.constantFrom("1", "2", "3"),
  roles: fc.subarray([...roles]),
  status: fc.constantFrom("invited", "active", "inactive", "deleted"),
});
const act = fc.constantFrom(...managementActs);
const atCiz = { organisationId: "1" };

describe("who may manage whom (DESIGN §2, SECURITY 26)", () => {
  it("a contract manager manages everyone", () => {
    fc.assert(
      fc.property(account, act, fc.subarray([...roles]), (target, one, more) => {
        const manager = user({ ...atCiz, roles: ["contract-manager", ...more] });
        expect(mayManage(manager, user(target), one)).toBe(true);
      }),
    );
  });

  it("nobody else does anything to an account with a role of CIZ, not even to their own", () => {
    fc.assert(
      fc.property(account, account, act, (by, target, one) => {
        const manager = user({ ...by, roles: by.roles.filter((role) => role !== "contract-manager") });
        for (const role of ["contract-manager", "service-desk"] as const) {
          expect(mayManage(manager, user({ ...target, roles: [...target.roles, role] }), one)).toBe(false);
        }
      }),
    );
  });

  it("no role of CIZ counts at another organisation", () => {
    fc.assert(
      fc.property(account, act, (target, one) => {
        const stray = user({ organisationId: "9", roles: ["contract-manager", "service-desk"] });
        expect(mayManage(stray, user(target), one)).toBe(false);
      }),
    );
  });

  it("an administrator manages the other accounts of their own organisation and no others, and gives no roles", () => {
    fc.assert(
      fc.property(account, fc.constantFrom("1", "2", "3"), act, (by, organisationId, one) => {
        const manager = user({ organisationId, roles: ["organisation-admin"] });
        const target = user({ ...by, roles: by.roles.filter((role) => role === "organisation-admin") });
        const own = target.organisationId === organisationId;
        expect(mayManage(manager, target, one)).toBe(own && one !== "set-roles");
      }),
    );
  });

  it("the service desk sends links to the other accounts of every organisation, and does nothing else", () => {
    fc.assert(
      fc.property(account, act, (by, one) => {
        const target = user({ ...by, roles: by.roles.filter((role) => role === "organisation-admin") });
        const desk = user({ ...atCiz, roles: ["service-desk"] });
        expect(mayManage(desk, target, one)).toBe(one === "send-link");
      }),
    );
  });

  it("a user without a role manages nobody", () => {
    fc.assert(
      fc.property(account, account, act, (by, target, one) => {
        expect(mayManage(user({ ...by, roles: [] }), user(target), one)).toBe(false);
      }),
    );
  });
});

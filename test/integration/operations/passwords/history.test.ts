import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { plusMinutes } from "../../../../shared/domain/time.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordRepository } from "../../../../shared/dynamodb/password-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { createTables } from "../../../support/dynamodb.ts";
import { organisation, person, user } from "../../../support/domain.ts";
import { passwordPaths } from "../../../support/passwords.ts";

const settings = z.parse(settingsSchema, {});
const nothing = { mails: [], events: [] };

describe("the history of passwords (DESIGN §2, Password policy)", () => {
  it("p0 to p13 in turn: the current one and the 12 before are refused, the one before those is accepted", async () => {
    const tables = await createTables();
    const users = new DynamoUserRepository(tables);
    const session = {
      kind: "api" as const,
      startedAt: "2026-11-01T09:00:00.000Z",
      expiresAt: "2027-11-01T09:00:00.000Z",
      tokens: [],
    };
    const active = user({ sessions: { session } });
    const administrator = user({
      ...person({ email: "a@zorg.example" }),
      username: "admin",
      roles: ["organisation-admin"],
    });
    await new DynamoOrganisationRepository(tables).register(organisation(), administrator, nothing);
    await users.create(active, nothing);
    let now = "2026-11-22T12:00:00.000Z";
    let id = 0;
    const set: string[] = [];
    const paths = passwordPaths({
      passwords: new DynamoPasswordRepository(tables),
      identityProvider: {
        setPassword: (_, password) => {
          set.push(password);
          return Promise.resolve();
        },
      },
      auditTrail: new DynamoAuditTrail(tables),
      settings,
      operatorName: "CIZ",
      clock: () => new Date((now = plusMinutes(now, 1))),
      newId: () => `id-${(id += 1)}`,
    });
    const change = paths["knowing the current one"]!;
    const member = async () => (await users.findMember("2", "ftest"))!;
    const nth = (index: number) => `Tulpenveld-${index + 10}!`;

    for (let index = 0; index <= 13; index += 1) {
      expect(await change(await member(), nth(index))).toEqual([]);
      for (let earlier = 0; earlier <= index; earlier += 1) {
        // p0 is the 13th before p13: the first that may come back.
        if (index - earlier > 12) continue;
        expect(await change(await member(), nth(earlier))).toEqual(["recently-used"]);
      }
    }
    expect(await change(await member(), nth(0))).toEqual([]);
    expect(await change(await member(), nth(1))).toEqual([]);
    expect(await change(await member(), nth(3))).toEqual(["recently-used"]);
    expect(set).toHaveLength(16);
    tables.forget();
  });
});

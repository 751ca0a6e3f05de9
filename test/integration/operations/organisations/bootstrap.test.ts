import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { bootstrapOperator } from "../../../../shared/operations/organisations/bootstrap-operator.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { damage } from "../../dynamodb/seed.ts";

const operatorAdmin = {
  initials: "M.",
  firstName: "Marijke",
  infix: "van",
  lastName: "Dalen",
  email: "m.vandalen@ciz.example",
};

describe("making the operator of an empty installation (DESIGN §9)", () => {
  let tables: TestTables;
  beforeEach(async () => {
    tables = await createTables();
  });

  let now = "2026-11-22T12:00:00.000Z";
  beforeEach(() => {
    now = "2026-11-22T12:00:00.000Z";
  });

  const bootstrap = (operatorName = "CIZ", person: typeof operatorAdmin = operatorAdmin) =>
    bootstrapOperator({
      operatorName,
      operatorAdmin: person,
      organisations: new DynamoOrganisationRepository(tables),
      users: new DynamoUserRepository(tables),
      roles: new DynamoRoleRepository(tables),
      settings: { inactivityMonths: 6 },
      clock: () => new Date(now),
      newId: () => randomUUID(),
    });

  const everything = async () => {
    const pages = [tables.tableName, tables.auditTableName].map((TableName) =>
      tables.client.send(new ScanCommand({ TableName, ConsistentRead: true })),
    );
    return (await Promise.all(pages)).map(({ Items = [] }) => Items);
  };

  it("makes organisation 1 with one contract manager, who gets the welcome mail", async () => {
    expect(await bootstrap()()).toBe("created");
    const member = await new DynamoUserRepository(tables).findMember("1", "mdalen");
    expect(member?.organisation).toMatchObject({ id: "1", name: "CIZ", status: "open" });
    expect(member?.user).toMatchObject({
      roles: ["contract-manager"],
      status: "invited",
      email: operatorAdmin.email,
    });
    const [items = []] = await everything();
    const mails = items.filter(({ template }) => template !== undefined);
    expect(mails).toMatchObject([{ template: "welcome", username: "mdalen", state: "queued" }]);
  });

  it("does nothing if there is one, even with another configuration", async () => {
    await bootstrap()();
    const before = await everything();
    expect(await bootstrap()()).toBe("already-there");
    expect(await bootstrap("Another name")()).toBe("already-there");
    expect(await everything()).toEqual(before);
  });

  it("makes only one, also with many deployments at once", async () => {
    const runs = await Promise.allSettled(Array.from({ length: 5 }, () => bootstrap()()));
    expect(runs.filter((run) => run.status === "fulfilled" && run.value === "created")).toHaveLength(1);
    const [items = []] = await everything();
    expect(items.filter(({ template }) => template === "welcome")).toHaveLength(1);
  });

  describe("where no contract manager is left who uses the account", () => {
    const successor = { ...operatorAdmin, firstName: "Joost", lastName: "Berg", email: "j.berg@ciz.example" };
    const find = (username: string) => new DynamoUserRepository(tables).find("1", username);

    it.each([
      [
        "is unused for as long as accounts last",
        { lastLoginAt: "2026-05-22T08:00:00.000Z", status: "active" },
      ],
      ["lapsed before that was prevented", { status: "inactive" }],
    ])("appoints the configured person where the last one %s, with an audit event", async (_, parts) => {
      await bootstrap()();
      await damage(tables, "USER#mdalen", { ...parts, createdAt: "2026-05-01T08:00:00.000Z" });
      expect(await bootstrap("CIZ", successor)()).toBe("appointed");
      expect(await find("mberg")).toMatchObject({ roles: ["contract-manager"], status: "invited" });
      const mails = await tables.items("MAIL#");
      expect(mails.map(({ template, username }) => [template, username]).sort()).toEqual([
        ["welcome", "mberg"],
        ["welcome", "mdalen"],
      ]);
      const created = (await tables.auditEvents()).filter(({ action }) => action === "user.created");
      expect(created.map(({ subject, actor }) => [subject, actor])).toContainEqual([
        { type: "user", id: "mberg" },
        null,
      ]);
      expect(await bootstrap("CIZ", successor)()).toBe("already-there");
    });

    it("appoints nobody while one is in use, whatever the configuration says", async () => {
      await bootstrap()();
      now = "2027-05-21T12:00:00.000Z";
      expect(await bootstrap("CIZ", successor)()).toBe("already-there");
      now = "2027-05-22T12:00:00.000Z";
      expect(await bootstrap("CIZ", successor)()).toBe("appointed");
    });

    it("leaves everything as it is where the configured person has an account, which a link opens", async () => {
      await bootstrap()();
      now = "2027-06-01T12:00:00.000Z";
      const before = await everything();
      expect(await bootstrap()()).toBe("address-in-use");
      expect(await everything()).toEqual(before);
    });
  });

  it("fails with what is wrong, and without anyone's data, so that the deployment fails with it", async () => {
    const elsewhere = { ...tables, tableName: "gone" };
    const failing = bootstrapOperator({
      operatorName: "CIZ",
      operatorAdmin,
      organisations: new DynamoOrganisationRepository(elsewhere),
      users: new DynamoUserRepository(elsewhere),
      roles: new DynamoRoleRepository(elsewhere),
      settings: { inactivityMonths: 6 },
      clock: () => new Date(),
      newId: () => randomUUID(),
    });
    await expect(failing()).rejects.toThrow(
      expect.objectContaining({
        name: "ResourceNotFoundException",
        message: expect.not.stringContaining(operatorAdmin.email) as unknown,
      }),
    );
  });
});

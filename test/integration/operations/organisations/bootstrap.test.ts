import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { bootstrapOperator } from "../../../../shared/operations/organisations/bootstrap-operator.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";

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

  const bootstrap = (operatorName = "CIZ") =>
    bootstrapOperator({
      operatorName,
      operatorAdmin,
      organisations: new DynamoOrganisationRepository(tables),
      users: new DynamoUserRepository(tables),
      clock: () => new Date("2026-11-22T12:00:00.000Z"),
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

  it("fails with what is wrong, and without anyone's data, so that the deployment fails with it", async () => {
    const elsewhere = { ...tables, tableName: "gone" };
    const failing = bootstrapOperator({
      operatorName: "CIZ",
      operatorAdmin,
      organisations: new DynamoOrganisationRepository(elsewhere),
      users: new DynamoUserRepository(elsewhere),
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

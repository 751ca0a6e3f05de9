import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../../shared/domain/user.ts";
import { DynamoLoginNameReminders } from "../../../../shared/dynamodb/login-name-reminders.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { remindLoginName } from "../../../../shared/operations/passwords/remind-login-name.ts";
import { system } from "../../../../shared/runtime/system.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { settings } from "../../../unit/web/samples.ts";
import { emailKey } from "../../../../shared/dynamodb/keys.ts";
import { seed } from "../../dynamodb/seed.ts";

const origin = { actor: null, address: "192.0.2.1", requestId: "r" };

describe("reminders of login names (DESIGN §2, Two mails)", () => {
  let tables: TestTables;
  beforeEach(async () => {
    tables = await createTables();
  });

  const remind = (email: string, sourceAddress = "192.0.2.1") =>
    remindLoginName({
      users: new DynamoUserRepository(tables),
      reminders: new DynamoLoginNameReminders({ ...tables, settings }),
      ...system,
    })({ body: { email }, sourceAddress, origin, language: "nl" } as never);
  const seedUser = async (account: Partial<User>, closed = false) => {
    const one = user({ username: "ftest", email: "f.test@zorg.example", ...account });
    await seed(tables, { organisations: [organisation(closed ? { status: "closed" } : {})], users: [one] });
    await putAll(tables, [{ ...emailKey(one.email), organisationId: "2", username: "ftest" }]);
  };
  const mails = async () =>
    (await tables.items("MAIL#")).map(({ template, username }) => [template, username]);
  const actions = async () => (await tables.auditEvents()).map(({ action }) => action);

  it.each(["f.test@zorg.example", "F.Test@ZORG.example"])(
    "%s gets the mail, and the trail says so",
    async (email) => {
      await seedUser({});
      await remind(email);
      expect(await mails()).toEqual([["login-name", "ftest"]]);
      expect(await actions()).toEqual(["login-name.requested"]);
    },
  );

  it.each<[string, Partial<User>, boolean]>([
    ["unknown", { email: "other@zorg.example" }, false],
    ["deleted", { status: "deleted" }, false],
    ["inactive", { status: "inactive" }, false],
    ["bounced", { mailStatus: "bounced" }, false],
    ["of a closed organisation", {}, true],
  ])(
    "an address that is %s is answered alike, takes the same calls, and gets nothing",
    async (_, account, closed) => {
      await seedUser({});
      tables.forget();
      const known = await remind("f.test@zorg.example");
      const calls = [...tables.requests];
      tables = await createTables();
      await seedUser(account, closed);
      tables.forget();
      expect(await remind("f.test@zorg.example")).toEqual(known);
      expect(tables.requests).toEqual(calls);
      expect(calls).toHaveLength(3);
      expect(await mails()).toEqual([]);
      expect(await actions()).toEqual(["login-name.refused"]);
    },
  );

  it("five an hour for an address, known or not, however it is written; also many at once", async () => {
    await seedUser({});
    for (const email of ["f.test@zorg.example", "nobody@zorg.example"]) {
      const written = (index: number) => (index % 2 === 0 ? email : email.toUpperCase());
      const answers = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => remind(written(index), `192.0.2.${index + 1}`)),
      );
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
      await expect(remind(email, "198.51.100.1")).rejects.toMatchObject({ code: "too-many-attempts" });
    }
  });

  it("twenty an hour from a source, whatever the addresses", async () => {
    for (let index = 0; index < settings.linksPerSourcePerHour; index += 1)
      await remind(`a${index}@zorg.example`);
    await expect(remind("b@zorg.example")).rejects.toMatchObject({ code: "too-many-attempts" });
    await remind("b@zorg.example", "198.51.100.1");
  });
});

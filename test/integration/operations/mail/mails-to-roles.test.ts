import { beforeEach, expect, it } from "vitest";
import type { RoleMail } from "../../../../shared/domain/mail.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { DynamoMailOutbox } from "../../../../shared/dynamodb/mail-outbox.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../../../shared/dynamodb/role-repository.ts";
import {
  deliverMail,
  type DeliverMailDependencies,
} from "../../../../shared/operations/mail/deliver-mail.ts";
import { changeOrganisation } from "../../../../shared/operations/organisations/change-organisation.ts";
import { organisation } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { itemsOfAll, type Account } from "../jobs/world.ts";

const now = new Date("2026-11-22T12:00:00.000Z");
let tables: TestTables;
let outbox: DynamoMailOutbox;

const administrator = (username: string, parts: Partial<User> = {}): Account => ({
  username,
  roles: ["organisation-admin"],
  ...parts,
});
const administrators = Array.from({ length: 150 }, (_, index) => administrator(`fboss${index + 2}`));

beforeEach(async () => {
  tables = await createTables();
  outbox = new DynamoMailOutbox(tables);
  const others = [
    administrator("fnew", { status: "invited" }),
    administrator("fgone", { status: "deleted" }),
    administrator("fchef", { roles: ["contract-manager"] }),
    { username: "fuser" },
  ];
  await putAll(tables, itemsOfAll([organisation()], [...administrators, ...others]));
});

const deliver = (queueOnce = outbox.queueOnce.bind(outbox)) =>
  deliverMail({
    outbox: { find: outbox.find.bind(outbox), settle: outbox.settle.bind(outbox), queueOnce },
    roles: new DynamoRoleRepository(tables),
    measure: () => undefined,
    clock: () => now,
    // A mail to a role is not rendered.
  } as Partial<DeliverMailDependencies> as DeliverMailDependencies);

/** Changes the organisation's address, and returns the mail that this committed. */
async function changedOrganisation(): Promise<RoleMail & { id: string }> {
  const operation = changeOrganisation({
    organisations: new DynamoOrganisationRepository(tables),
    clock: () => now,
    newId: () => crypto.randomUUID(),
  });
  const request = { params: { id: "2" }, body: { city: "Utrecht" }, ifMatch: "*", origin: {} };
  await operation(request as unknown as Parameters<typeof operation>[0]);
  const [mail, ...more] = await tables.items("MAIL#");
  expect(more).toEqual([]);
  return mail as unknown as RoleMail;
}

const recipients = async () =>
  (await tables.items("MAIL#")).flatMap(({ username }) => (typeof username === "string" ? [username] : []));

it("everyone who holds the role actively gets a mail, beyond the hundredth", async () => {
  const { id } = await changedOrganisation();
  expect(await deliver()(id)).toBe("distributed");
  expect((await recipients()).sort()).toEqual(administrators.map(({ username }) => username).sort());
  const [first] = (await tables.items("MAIL#")).filter(({ username }) => username !== undefined);
  expect(first).toMatchObject({
    template: "organisation-changed",
    organisationId: "2",
    state: "queued",
    data: { fields: ["city"] },
  });
  expect(await deliver()(id)).toBe("already-settled");
});

it("nobody is left out or mailed twice where it is broken off and done again", async () => {
  const { id } = await changedOrganisation();
  let left = 60;
  const breaking = deliver(async (mail) => {
    if (left-- === 0) throw new Error("Killed");
    await outbox.queueOnce(mail);
  });
  await expect(breaking(id)).rejects.toThrow("Killed");
  expect(await recipients()).toHaveLength(60);
  expect(await deliver()(id)).toBe("distributed");
  expect((await recipients()).sort()).toEqual(administrators.map(({ username }) => username).sort());
});

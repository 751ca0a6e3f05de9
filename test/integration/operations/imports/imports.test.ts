import { beforeEach, describe, expect, it } from "vitest";
import { userItems } from "../../../../shared/dynamodb/items.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { seed } from "../../dynamodb/seed.ts";
import { fileOf, header, now, sendFile, stateOf } from "./import-api.ts";

let tables: TestTables;
beforeEach(async () => {
  tables = await createTables();
  await seed(tables, { organisations: [organisation()] });
});

const line = (parts: Record<string, string>) => {
  const person = {
    initials: "F.",
    firstName: "Femke",
    lastName: "Test",
    email: "f.test@zorg.example",
    ...parts,
  };
  return header
    .split(",")
    .map((name) => (person as Record<string, string>)[name] ?? "")
    .join(",");
};
const file = (...lines: Record<string, string>[]) => [header, ...lines.map(line), ""].join("\n");

describe("1,000 rows (issue, Must show)", () => {
  it("are all added, in a known number of calls and well within API Gateway's 29 seconds", async () => {
    tables.forget();
    const begun = performance.now();
    const { status, body } = await sendFile(tables, fileOf(1000), { key: "first" });
    const seconds = (performance.now() - begun) / 1000;
    const calls = Object.entries(Object.groupBy(tables.requests, (name) => name));
    console.log(
      `1,000 rows: ${seconds.toFixed(1)} s, ${tables.requests.length} calls (${calls
        .map(([name, all = []]) => `${all.length} ${name}`)
        .join(", ")}), ${Math.round(tables.readUnits)} units`,
    );
    expect([status, body.created, body.rows.length]).toEqual([200, 1000, 1000]);
    expect(body.rows.at(-1)).toEqual({
      line: 1001,
      username: "fproefjjj",
      name: "F. Proefjjj",
      email: "femke.jjj@zorg.example",
      errors: [],
    });
    expect(tables.requests.length).toBeLessThanOrEqual(160);
    expect(seconds).toBeLessThan(25);
    const { users, emails, names, mails, traces, journal } = await stateOf(tables);
    for (const list of [users, emails, names, mails]) expect(list).toHaveLength(1000);
    expect(traces).toHaveLength(1001);
    expect(journal).toEqual(["IMPORT done"]);
  });

  it("one more is refused by the file as a whole, and nobody is added", async () => {
    const { status, body } = await sendFile(tables, fileOf(1001));
    expect([status, body.type]).toEqual([422, "urn:portero:problem:import-rejected"]);
    expect(body.rows).toMatchObject([{ line: 1, username: null, errors: [{ code: "too-many-rows" }] }]);
    expect((await stateOf(tables))["users"]).toEqual([]);
  });
});

describe("an import", () => {
  it("gives each row a user as if made by hand: invited, with mail, audit event and entry in the due list", async () => {
    const { body } = await sendFile(tables, file({ infix: "van", phone: "030 1", memo: "x" }));
    expect(body).toEqual({
      dryRun: false,
      created: 1,
      encoding: "utf-8",
      rows: [{ line: 2, username: "ftest", name: "F. van Test", email: "f.test@zorg.example", errors: [] }],
    });
    const [item] = (await tables.items("ORG#2")).filter(({ SK }) => SK === "USER#ftest");
    expect(userItems.parse(item!)).toMatchObject({
      username: "ftest",
      infix: "van",
      phone: "030 1",
      fax: null,
      memo: "x",
      status: "invited",
      roles: [],
      createdAt: now.toISOString(),
    });
    expect(await stateOf(tables)).toMatchObject({
      due: 1,
      mails: ["ftest welcome"],
      traces: ["user-import.accepted ", "user.created ftest"],
    });
    const traces = await tables.auditEvents();
    for (const trace of traces) {
      expect(trace).toMatchObject({
        actor: { username: "kbakker", organisationId: "2" },
        address: "192.0.2.1",
        requestId: "00000000-0000-4000-8000-000000000000",
      });
      expect(JSON.stringify(trace)).not.toContain("zorg.example");
    }
  });

  it("rows with one stem get consecutive numbers, after all that were ever given", async () => {
    await seed(tables, {
      users: [user({ username: "ftest", status: "deleted", email: "old@zorg.example" })],
    });
    const people = ["a", "b", "c"].map((name) => ({ email: `${name}@zorg.example` }));
    const dry = await sendFile(tables, file(...people), { dryRun: true });
    const { body } = await sendFile(tables, file(...people));
    const usernames = body.rows.map(({ username }) => username);
    expect(usernames).toEqual(["ftest2", "ftest3", "ftest4"]);
    expect(dry.body.rows.map(({ username }) => username)).toEqual(usernames);
  });

  it("Dutch and semicolon, a byte order mark, columns in any order, optional ones left out", async () => {
    const csv = "\uFEFFachternaam;email;voornaam;voorletters\r\nÇelik;c@zorg.example;Can;Ç.\r\n";
    const { body } = await sendFile(tables, csv);
    expect(body.rows).toMatchObject([{ line: 2, username: "ccelik", errors: [] }]);
  });

  it("a dry run says the same, adds nobody, and leaves an audit event", async () => {
    const before = await stateOf(tables);
    const answer = await sendFile(tables, file({}), { dryRun: true, key: "dry" });
    expect(answer).toMatchObject({
      status: 200,
      body: { dryRun: true, created: 0, rows: [{ line: 2, username: "ftest", errors: [] }] },
    });
    expect(await stateOf(tables)).toEqual({ ...before, traces: ["user-import.tried "] });
    expect(await tables.auditEvents()).toMatchObject([
      {
        action: "user-import.tried",
        subject: { type: "organisation", id: "2" },
        actor: { username: "kbakker" },
        detail: { users: 1, wrong: 0 },
      },
    ]);
  });

  it("is refused to a closed organisation, and so is a dry run; no mail waits", async () => {
    const readBefore = organisation({ status: "closed" });
    for (const dryRun of [true, false]) {
      const { status, body } = await sendFile(tables, file({}), { dryRun, readBefore });
      expect([status, body.type]).toEqual([409, "urn:portero:problem:organisation-closed"]);
    }
    expect((await stateOf(tables))["mails"]).toEqual([]);
  });

  it("is undone if the organisation is closed before it is accepted", async () => {
    const open = organisation();
    await seed(tables, { organisations: [organisation({ status: "closed" })] });
    const { status, body } = await sendFile(tables, file({}), { readBefore: open });
    expect([status, body.type]).toEqual([409, "urn:portero:problem:organisation-closed"]);
    expect(await stateOf(tables)).toMatchObject({ users: [], emails: [], names: [], mails: [], journal: [] });
  });
});

describe("a file as a spreadsheet program saves it", () => {
  const csv =
    "sep=;\r\nE-mail;Voorletters;Voornaam;Achternaam\r\ng@zorg.example;G.;J\u00fcrgen;Gr\u00fcn\r\n";
  const row = { line: 3, username: "ggrun", name: "G. Gr\u00fcn", email: "g@zorg.example", errors: [] };

  it.each([
    ["utf-8", Buffer.from(csv)],
    ["utf-8", Buffer.from(`\uFEFF${csv}`)],
    ["utf-16", Buffer.from(`\uFEFF${csv}`, "utf16le")],
    ["utf-16", Buffer.from(`\uFEFF${csv}`, "utf16le").swap16()],
    ["windows-1252", Buffer.from(csv, "latin1")],
  ])("in %s is read, and the report says so; a repeat says the same", async (encoding, bytes) => {
    const looked = await sendFile(tables, bytes, { dryRun: true });
    expect(looked.body).toEqual({ dryRun: true, created: 0, encoding, rows: [row] });
    const done = { dryRun: false, created: 1, encoding, rows: [row] };
    expect((await sendFile(tables, bytes, { key: "k" })).body).toEqual(done);
    expect((await sendFile(tables, bytes, { key: "k" })).body).toEqual(done);
  });

  it("shows a wrong row with the name and the address that it has", async () => {
    const { body } = await sendFile(tables, file({ firstName: "", email: "no address" }), { dryRun: true });
    expect(body.rows).toMatchObject([{ line: 2, username: null, name: "F. Test", email: "no address" }]);
  });
});

describe("the limits per hour of an organisation", () => {
  it("thirty files that add nobody are answered, dry runs and refused ones together, then none until the hour is over", async () => {
    const looking = (index: number, at?: Date) =>
      sendFile(tables, index % 2 ? file({}) : file({ email: "none" }), {
        dryRun: index % 2 === 1,
        dryRunsPerHour: 30,
        ...(at && { at }),
      });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => looking(index)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    expect(await tables.auditEvents()).toHaveLength(30);
    const refused = await looking(1);
    expect([refused.body.type, refused.retryAfter]).toEqual([
      "urn:portero:problem:too-many-attempts",
      "3600",
    ]);
    expect(refused.body.rows).toBeUndefined();
    expect((await looking(1, new Date(now.getTime() + 3_600_000))).status).toBe(200);
  });

  it("an import whose mails would exceed the limit adds nobody, and a smaller one still can", async () => {
    const limited = { mailsPerHour: 10 };
    expect((await sendFile(tables, fileOf(6), limited)).status).toBe(200);
    const { status, body } = await sendFile(tables, fileOf(12, "ander.example"), limited);
    expect([status, body.type]).toEqual([429, "urn:portero:problem:too-many-attempts"]);
    expect((await stateOf(tables))["mails"]).toHaveLength(6);
    expect((await stateOf(tables))["journal"]).toEqual(["IMPORT done"]);
    expect((await sendFile(tables, file({}), limited)).status).toBe(200);
  });

  it("a repeat with the same key counts no mails again", async () => {
    for (let time = 0; time < 3; time += 1)
      expect((await sendFile(tables, fileOf(6), { key: "k", mailsPerHour: 6 })).status).toBe(200);
  });
});

describe("a wrong row", () => {
  const wrong = file(
    { email: "a@zorg.example" },
    { lastName: "", email: "b@elsewhere" },
    { lastName: "Jansen", email: "taken@ZORG.example" },
    { lastName: "Vries", email: "twice@zorg.example" },
    { lastName: "Visser", email: "Twice@zorg.example" },
    { lastName: "Smit", email: "s@other.example" },
  );
  const faults = [
    { line: 2, username: "ftest", errors: [] },
    { line: 3, username: null, errors: ["lastName required", "email email"] },
    { line: 4, username: "fjansen", errors: ["email in-use"] },
    { line: 5, username: "fvries", errors: ["email twice-in-file"] },
    { line: 6, username: "fvisser", errors: ["email twice-in-file"] },
    { line: 7, username: "fsmit", errors: ["email outside-domain"] },
  ];
  beforeEach(async () => {
    await sendFile(tables, file({ lastName: "Other", email: "Taken@zorg.example" }));
  });
  const summary = (rows: Awaited<ReturnType<typeof sendFile>>["body"]["rows"]) =>
    rows.map(({ errors, line, username }) => ({
      line,
      username,
      errors: errors.map((one) => `${one.field} ${one.code}`),
    }));

  it("stops the whole file; every fault is named, and nothing is left behind", async () => {
    const before = await tables.items();
    const { status, body } = await sendFile(tables, wrong, { emailDomains: ["zorg.example"] });
    expect([status, body.created, body.dryRun]).toEqual([422, 0, false]);
    expect(summary(body.rows)).toEqual(faults);
    expect(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      "/rows/1/lastName required",
      "/rows/1/email email",
      "/rows/2/email in-use",
      "/rows/3/email twice-in-file",
      "/rows/4/email twice-in-file",
      "/rows/5/email outside-domain",
    ]);
    const unlimited = (items: Record<string, unknown>[]) => items.filter(({ SK }) => SK !== "LIMIT");
    expect(unlimited(await tables.items())).toEqual(unlimited(before));
    const tried = (await tables.auditEvents()).filter(({ action }) => action === "user-import.tried");
    expect(tried).toMatchObject([{ detail: { users: 6, wrong: 5 } }]);
  });

  it("a dry run reports it with 200", async () => {
    const { status, body } = await sendFile(tables, wrong, { emailDomains: ["zorg.example"], dryRun: true });
    expect(status).toBe(200);
    expect(summary(body.rows)).toEqual(faults);
  });

  it("is said in English where that is preferred", async () => {
    const { body } = await sendFile(tables, wrong, { headers: { "accept-language": "en" }, dryRun: true });
    expect(body.rows[1]?.errors[0]?.detail).toBe("Fill in this field.");
  });
});

describe("a file that is not a valid CSV file", () => {
  it.each([
    ["another content type", { "content-type": "application/json" }, "x", 415],
    ["more than a megabyte", {}, `${header}\n${"x".repeat(1_000_000)}`, 413],
    ["a key that can be none", { "idempotency-key": "k\u00e9y" }, header, 400],
  ])("%s", async (_, headers, csv, status) => {
    expect((await sendFile(tables, csv, { headers })).status).toBe(status);
  });

  it("bytes that are not UTF-8 are reported by their line", async () => {
    const csv = `${header}\n${line({})}\n${line({ lastName: "\uFFFDelik" })}`;
    const { status, body } = await sendFile(tables, csv);
    expect(status).toBe(422);
    expect(body.rows).toMatchObject([{ line: 3, errors: [{ field: null, code: "encoding" }] }]);
  });
});

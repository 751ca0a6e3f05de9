import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Program, type Demo } from "../support/npm-start.ts";
import { OwnStack } from "../support/stack.ts";

const header = "voorletters;voornaam;tussenvoegsel;achternaam;email;telefoonnummer;faxnummer;memo";
const letters = (index: number) =>
  Array.from(String(index), (digit) => "abcdefghij".charAt(Number(digit))).join("");

/** A file in the form that Dutch spreadsheets write. */
function fileOf(count: number, family: string): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const name = `${family}${letters(index)}`;
    return `F.;Femke;van der;${name};femke.${name.toLowerCase()}@dezonnehof.example;030 555 01 23;;"regel 1\nregel 2"`;
  });
  return `\uFEFF${[header, ...rows, ""].join("\r\n")}`;
}

interface Report {
  readonly created: number;
  readonly rows: readonly { readonly username: string }[];
}

async function send(baseUrl: string, token: string, organisationId: string, csv: string, key: string) {
  const response = await fetch(`${baseUrl}/v1/organisations/${organisationId}/user-imports`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "text/csv", "Idempotency-Key": key },
    body: csv,
  });
  return { status: response.status, body: (await response.json()) as Report };
}

async function receivers(mailUrl: string, family: string): Promise<string[]> {
  const { emails } = (await (await fetch(`${mailUrl}/store`)).json()) as {
    emails: { destination: { to: string[] } }[];
  };
  return emails
    .flatMap(({ destination }) => destination.to)
    .filter((to) => to.includes(family.toLowerCase()));
}

async function until<T>(
  patienceSeconds: number,
  look: () => Promise<T>,
  good: (seen: T) => boolean,
  pauseMilliseconds = 500,
): Promise<T> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const seen = await look();
    if (good(seen) || Date.now() > deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}

describe("1,000 users from a file, on a stack of their own", () => {
  let stack: OwnStack;
  beforeAll(async () => {
    stack = await OwnStack.start();
  });
  afterAll(() => stack.stop());

  it("are there within API Gateway's 29 seconds, and each gets one mail", async () => {
    const admin = stack.account("organisation-admin");
    const token = await stack.tokenOf(admin);
    const users = `/v1/organisations/${admin.organisationId}/users`;
    const before = (await stack.call("GET", users, { token })).body.total as number;
    const csv = fileOf(1000, "Invoer");
    const begun = performance.now();
    const { status, body } = await send(stack.baseUrl, token, admin.organisationId, csv, "one-thousand");
    const seconds = (performance.now() - begun) / 1000;
    expect([status, body.created, body.rows.length]).toEqual([200, 1000, 1000]);
    expect(seconds).toBeLessThan(29);
    expect((await stack.call("GET", users, { token })).body.total).toBe(before + 1000);
    const again = await send(stack.baseUrl, token, admin.organisationId, csv, "one-thousand");
    expect(again).toEqual({ status, body });
    const mailed = await until(
      150,
      () => receivers(stack.mailUrl, "invoer"),
      ({ length }) => length >= 1000,
    );
    const mailSeconds = (performance.now() - begun) / 1000;
    console.log(
      `1,000 rows: answered after ${seconds.toFixed(1)} s; 1,000 mails sent after ${mailSeconds.toFixed(0)} s`,
    );
    expect(mailed).toHaveLength(1000);
    expect(new Set(mailed).size).toBe(1000);
    expect((await stack.call("GET", users, { token })).body.total).toBe(before + 1000);
  });
});

describe("npm start, killed in the middle of an import", () => {
  const programs: Program[] = [];
  afterEach(() => Promise.all(programs.splice(0).map((program) => program.stop())));

  const signIn = async (demo: Demo) => {
    const admin = demo.accounts.find(({ roles }) => roles.includes("organisation-admin"))!;
    const response = await fetch(`${demo.baseUrl}/v1/sessions`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username: admin.username, password: admin.password }),
    });
    const { idToken } = (await response.json()) as { idToken: string };
    return { token: idToken, organisationId: admin.organisationId };
  };

  it("and started again: repeated with its key, all users are there once, with one mail each", async () => {
    const program = new Program();
    programs.push(program);
    // So many that a quick machine is still at it when it is killed.
    const count = 600;
    const csv = fileOf(count, "Afgebroken");
    const first = await program.start();
    const { token, organisationId } = await signIn(first);
    const broken = send(first.baseUrl, token, organisationId, csv, "key").catch(() => null);
    await until(
      20,
      () => program.items(first),
      (items) =>
        items.some(
          ({ SK, username }) => SK === `USER#${String(username)}` && /afgebroken/.test(String(username)),
        ),
      10,
    );
    program.kill();
    expect(await broken).toBeNull();

    const second = await program.start();
    const again = await signIn(second);
    const { status, body } = await send(second.baseUrl, again.token, organisationId, csv, "key");
    expect([status, body.created]).toEqual([200, count]);
    // A mail that SES had taken when the kill came goes out again: nobody heard that it had (DESIGN §2).
    const mailed = await until(
      120,
      async () => new Set(await receivers(second.mailUrl, "afgebroken")),
      ({ size }) => size >= count,
    );
    expect(mailed.size).toBe(count);
    const items = await program.items(second);
    const ofImport = (key: RegExp) =>
      items.filter(
        ({ PK, SK, username }) =>
          key.test(`${String(PK)}/${String(SK)}`) && /afgebroken/.test(String(username)),
      );
    expect(ofImport(/^ORG#.*\/USER#/)).toHaveLength(count);
    expect(ofImport(/^EMAIL#/)).toHaveLength(count);
    expect(ofImport(/^MAIL#/)).toHaveLength(count);
    const created = items.filter(
      ({ action, subject }) => action === "user.created" && /afgebroken/.test((subject as { id: string }).id),
    );
    expect(created).toHaveLength(count);
    expect(items.filter(({ PK }) => String(PK).startsWith("IMPORT#"))).toMatchObject([{ state: "done" }]);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { admin } from "better-auth/plugins/admin";
import { displayedName } from "../../shared/domain/person.ts";
import type { User } from "../../shared/domain/user.ts";

/** better-auth on SQLite with the same people, for what its own search of users takes on this machine. */
export class BetterAuth {
  readonly #folder: string;
  readonly #database: DatabaseSync;
  readonly #search: (name: string) => Promise<number>;

  private constructor(folder: string, database: DatabaseSync, search: (name: string) => Promise<number>) {
    this.#folder = folder;
    this.#database = database;
    this.#search = search;
  }

  static async with(people: readonly User[]): Promise<BetterAuth> {
    const folder = mkdtempSync(join(tmpdir(), "portero-better-auth-"));
    const database = new DatabaseSync(join(folder, "users.db"));
    const options = {
      ...{ database, secret: "x".repeat(32), baseURL: "http://127.0.0.1:1", telemetry: { enabled: false } },
      ...{ emailAndPassword: { enabled: true }, plugins: [admin()], logger: { disabled: true } },
    };
    await (await getMigrations(options)).runMigrations();
    const auth = betterAuth(options);
    const body = { email: "admin@zorg.example", password: "Tulpenveld-48!", name: "A. Beheer" };
    const { headers } = await auth.api.signUpEmail({ body, returnHeaders: true });
    const cookie = headers.getSetCookie().map((one) => one.split(";", 1)[0]);
    database.exec(`update user set role = 'admin'`);
    insert(database, people);
    const session = new Headers({ cookie: cookie.join("; ") });
    const search = async (name: string) => {
      const query = { searchValue: name, searchField: "name", limit: 25, sortBy: "name" } as const;
      return (await auth.api.listUsers({ query, headers: session })).total;
    };
    return new BetterAuth(folder, database, search);
  }

  /** How many people have this in their name; the first 25 are read, as its own list does. */
  search(name: string): Promise<number> {
    return this.#search(name);
  }

  close(): void {
    this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function insert(database: DatabaseSync, people: readonly User[]): void {
  const statement = database.prepare(
    "insert into user (id, name, email, emailVerified, createdAt, updatedAt, role) values (?, ?, ?, 1, ?, ?, 'user')",
  );
  const now = new Date().toISOString();
  database.exec("begin");
  for (const one of people) statement.run(one.username, displayedName(one), one.email, now, now);
  database.exec("commit");
}

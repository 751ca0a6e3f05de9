import * as z from "zod/mini";
import type { Organisation } from "../../domain/organisation.ts";
import { comparableEmail, emailWithinDomains, type Person } from "../../domain/person.ts";
import { isPersonalAddress, personFaults } from "../../domain/person-rules.ts";
import {
  importedUsernames,
  wantedLoginNames,
  type PlannedUser,
  type UserImportRepository,
} from "../../domain/user-import.ts";
import { oneLine } from "../../texts/one-line.ts";
import { personFields } from "../users/schemas.ts";
import { parse } from "../kit/validation.ts";
import { readUsersFile, type FileFault, type FileRow } from "./read-users-file.ts";

/** A fault of a row; `field` is null for a fault of the row as a whole. */
export interface RowFault {
  readonly field: string | null;
  readonly code: string;
  readonly limit?: number;
}

export interface PlannedRow {
  readonly line: number;
  /** The login name that the user would get; null if the row is too incomplete for one. */
  readonly username: string | null;
  /** The person as they would be shown or, of a wrong row, as the file has them. */
  readonly name: string | null;
  readonly email: string | null;
  readonly faults: readonly RowFault[];
}

/** The effect that an import would have: each row, and the users that would be added if no row is wrong. */
export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  /** Null if anything is wrong. */
  readonly users: readonly PlannedUser[] | null;
}

interface CheckedRow {
  readonly line: number;
  readonly name: string | null;
  readonly email: string | null;
  /** Null if any field is wrong by itself. */
  readonly person: Person | null;
  readonly faults: readonly RowFault[];
}

/** The rules for one new user hold for each user of an import. */
const personSchema = z.strictObject(personFields);

/** Checks every row of a file, and its addresses and login names against the table. Changes nothing. */
export function planImport({
  imports,
}: {
  imports: Pick<UserImportRepository, "emailsInUse" | "highestLoginNumbers">;
}) {
  return async (text: string, organisation: Organisation): Promise<ImportPlan> => {
    const file = readUsersFile(text);
    const checked = file.rows.map(checkRow);
    const people = checked.flatMap(({ person }) => person ?? []);
    const inUse = await imports.emailsInUse(people.map(({ email }) => email));
    const wrongEmails = emailFaults(people, inUse, organisation);
    const usernames = await loginNamesFor(people, imports);
    const rows = checked.map(({ person, faults, ...row }): PlannedRow => {
      const wrongEmail = person && wrongEmails.get(person);
      return {
        ...row,
        username: person && (usernames.get(person) ?? null),
        faults: [...faults, ...(wrongEmail ? [{ field: "email", code: wrongEmail }] : [])],
      };
    });
    const all = [...rows, ...rowsOf(file.faults)].sort((one, other) => one.line - other.line);
    const users = people.map((person) => ({ ...person, username: usernames.get(person) ?? "" }));
    return { rows: all, users: all.every(({ faults }) => faults.length === 0) ? users : null };
  };
}

function checkRow({ line, values }: FileRow): CheckedRow {
  const result = parse(personSchema, values, "body");
  const row = { line, ...personShown(values) };
  if (result.ok) return { ...row, person: result.data, faults: personFaults(result.data, null) };
  const faults = result.errors.map(({ pointer, ...fault }) => ({ ...fault, field: pointer.slice(1) }));
  return { ...row, person: null, faults };
}

/** The name and address of each row, by its line. */
export function peopleByLine(text: string): ReadonlyMap<number, ReturnType<typeof personShown>> {
  return new Map(readUsersFile(text).rows.map(({ line, values }) => [line, personShown(values)]));
}

/** Longer values are wrong, and a part of them is enough to find the row by. */
const mostShown = 254;

function personShown({ initials, infix, lastName, email }: FileRow["values"]) {
  const parts = [initials, infix, lastName].filter((part) => part !== undefined);
  const shown = (value: string) =>
    value === "" ? null : oneLine(value.normalize("NFC")).slice(0, mostShown);
  return { name: shown(parts.join(" ")), email: shown(email ?? "") };
}

async function loginNamesFor(
  people: readonly Person[],
  imports: Pick<UserImportRepository, "highestLoginNumbers">,
): Promise<Map<Person, string>> {
  const highest = await imports.highestLoginNumbers(wantedLoginNames(people));
  const usernames = importedUsernames(people, highest);
  return new Map(people.map((person, index) => [person, usernames[index] ?? ""]));
}

/** The first fault of each e-mail address, apart from its form (DESIGN §2, A user). */
function emailFaults(
  people: readonly Person[],
  inUse: ReadonlySet<string>,
  { emailDomains }: Organisation,
): Map<Person, string> {
  const times = Map.groupBy(people, ({ email }) => comparableEmail(email));
  const faultOf = ({ email }: Person): string | null => {
    if (!emailWithinDomains(email, emailDomains)) return "outside-domain";
    if (!isPersonalAddress(email)) return "not-personal";
    if ((times.get(comparableEmail(email))?.length ?? 0) > 1) return "twice-in-file";
    return inUse.has(comparableEmail(email)) ? "in-use" : null;
  };
  return new Map(
    people.flatMap((person): [Person, string][] => {
      const fault = faultOf(person);
      return fault === null ? [] : [[person, fault]];
    }),
  );
}

/** Lines that cannot be read, as rows of the plan. */
function rowsOf(faults: readonly FileFault[]): PlannedRow[] {
  const byLine = [...Map.groupBy(faults, ({ line }) => line)];
  return byLine.map(([line, those]) => ({
    line,
    username: null,
    name: null,
    email: null,
    faults: those.map(({ field, code, limit }) => ({ field, code, ...(limit !== undefined && { limit }) })),
  }));
}

import fc from "fast-check";
import type { UserQuery } from "../../shared/domain/user-search.ts";
import { accountStatuses, type User } from "../../shared/domain/user.ts";
import { user } from "./domain.ts";

/** The fields of a user that finding and sorting need. */
export type Listed = Pick<User, "username" | "email" | "status" | "remark" | "lastLoginAt"> & {
  readonly name: string;
};

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase();

/** A second implementation of DESIGN §4, as simple as possible: no index, no pages, no cache. */
export function modelOf(people: readonly Listed[], { search, status, sort }: UserQuery): string[] {
  const wanted = plain(search ?? "");
  const found = people.filter(
    (one) =>
      (status === "all" || one.status === "invited" || one.status === "active") &&
      [one.username, one.name, one.email].some((value) => plain(value).includes(wanted)),
  );
  const field = sort.replace("-", "") as "username" | "name" | "lastLoginAt" | "remark";
  const up = !sort.startsWith("-");
  const empty = found.filter((one) => !one[field]);
  const filled = found.filter((one) => one[field]);
  const byName = (a: Listed, b: Listed) => a.username.localeCompare(b.username, "nl");
  filled.sort((a, b) => {
    const order = a[field]!.localeCompare(b[field]!, "nl");
    return (up ? order : -order) || byName(a, b);
  });
  return [...filled, ...empty.sort(byName)].map((one) => one.username);
}

const instants = fc
  .integer({ min: 0, max: 5 })
  .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());

/** Users with few different names, so that many are alike. */
export const users: fc.Arbitrary<User[]> = fc.uniqueArray(
  fc
    .record({
      username: fc.stringMatching(/^[ab]{1,2}(?:[2-9]|1[0-2])?$/),
      initials: fc.constantFrom("A.", "Á.", "B."),
      infix: fc.constantFrom(null, "van", "van der"),
      lastName: fc.constantFrom("Çelik", "celik", "Jansen", "Ärm", "Zwaan"),
      email: fc.constantFrom("a@zorg.example", "zoé@zorg.example", "jan2@care.example"),
      status: fc.constantFrom(...accountStatuses),
      remark: fc.constantFrom(null, "Uit dienst", "uit dienst", "Ander werk", "Élders"),
      lastLoginAt: fc.option(instants, { nil: null }),
    })
    .map((parts) => user(parts)),
  { selector: (one) => one.username, maxLength: 25 },
);

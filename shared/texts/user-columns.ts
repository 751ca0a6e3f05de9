import type { Translated } from "./language.ts";

interface ShownUser {
  readonly username: string;
  readonly initials: string;
  readonly firstName: string;
  readonly infix: string | null;
  readonly lastName: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly fax: string | null;
  readonly memo: string | null;
  readonly roles: readonly string[];
  readonly status: string;
  readonly remark: string | null;
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
  readonly passwordExpiresAt: string | null;
  readonly mailStatus: string;
}

export interface UserColumn {
  readonly name: Translated<string>;
  readonly value: (user: ShownUser) => string | null;
}

const column = (nl: string, en: keyof ShownUser, value?: UserColumn["value"]): UserColumn => ({
  name: { nl, en },
  value: value ?? ((user) => String(user[en] ?? "")),
});

/**
 * The columns of an export of users, with their Dutch and English names. English names are those of the API's JSON;
 * columns with personal data have the names that imports use.
 */
export const userColumns: readonly UserColumn[] = [
  column("gebruikersnaam", "username"),
  column("voorletters", "initials"),
  column("voornaam", "firstName"),
  column("tussenvoegsel", "infix"),
  column("achternaam", "lastName"),
  column("naam", "name"),
  column("email", "email"),
  column("telefoonnummer", "phone"),
  column("faxnummer", "fax"),
  column("memo", "memo"),
  column("rollen", "roles", ({ roles }) => roles.join(" ")),
  column("status", "status"),
  column("opmerking", "remark"),
  column("aangemaakt", "createdAt"),
  column("laatstIngelogd", "lastLoginAt"),
  column("wachtwoordVerloopt", "passwordExpiresAt"),
  column("mailstatus", "mailStatus"),
];

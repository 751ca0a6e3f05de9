import { importTexts } from "../../texts/pages/import.ts";
import { Table } from "../kit/list.tsx";
import type { Site } from "../kit/site.ts";

interface NewUsersProps {
  readonly site: Site;
  readonly rows: readonly {
    readonly line: number;
    readonly username: string | null;
    /** Left out once the import is done: its journal keeps no personal data. */
    readonly name?: string | null;
    readonly email?: string | null;
  }[];
}

export function NewUsers({ site, rows }: NewUsersProps) {
  const texts = importTexts[site.language];
  if (rows.every(({ email }) => email === undefined)) {
    return (
      <Table
        label={texts.report}
        columns={[{ name: texts.line }, { name: texts.newUsername }]}
        rows={rows.map(({ line, username }) => [line, username])}
      />
    );
  }
  return (
    <Table
      label={texts.report}
      columns={[
        { name: texts.line },
        { name: texts.newUsername },
        { name: texts.name },
        { name: texts.email },
      ]}
      rows={rows.map(({ line, username, name, email }) => [line, username, name ?? null, email ?? null])}
    />
  );
}

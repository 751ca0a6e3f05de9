import { importTexts } from "../../texts/pages/import.ts";
import { Table } from "../kit/list.tsx";
import type { Site } from "../kit/site.ts";

interface NewUsersProps {
  readonly site: Site;
  readonly rows: readonly { readonly line: number; readonly username: string | null }[];
}

export function NewUsers({ site, rows }: NewUsersProps) {
  const texts = importTexts[site.language];
  return (
    <Table
      label={texts.report}
      columns={[{ name: texts.line }, { name: texts.newUsername }]}
      rows={rows.map(({ line, username }) => [line, username])}
    />
  );
}

import type * as z from "zod/mini";
import type { importReport } from "../../operations/imports/schemas.ts";
import { importTexts } from "../../texts/pages/import.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Table } from "../kit/list.tsx";
import type { Site } from "../kit/site.ts";
import { ChooseFile } from "./import-page.tsx";
import { NewUsers } from "./new-users.tsx";
import { Progress } from "./progress.tsx";

export type ImportRow = z.infer<typeof importReport>["rows"][number];

interface PreviewProps extends FailedForm {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  /** Null if the import failed before the file was checked again. */
  readonly rows: readonly ImportRow[] | null;
  /** Null if the file has errors, so that nothing can be imported. */
  readonly importing: { readonly key: string; readonly text: string } | null;
}

/** Shows each row's result before anything is written: a button to import, or the errors to mend. */
export function PreviewPage(props: PreviewProps) {
  const { site, organisation, rows, importing, errorTitle, errors = [] } = props;
  const texts = importTexts[site.language];
  if (!importing) return <Faults {...props} rows={rows ?? []} />;
  return (
    <FormPage
      site={site}
      title={texts.previewTitle}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      script="import-progress"
      errorTitle={errorTitle}
      errors={errors}
    >
      {rows && <p>{texts.willAdd(rows.length)}</p>}
      <p>{texts.nobodyYet}</p>
      <Confirm {...props} importing={importing} />
      {rows && <NewUsers site={site} rows={rows} />}
    </FormPage>
  );
}

function Confirm(
  props: PreviewProps & { readonly importing: { readonly key: string; readonly text: string } },
) {
  const { site, organisation, importing, rows } = props;
  const { id } = organisation;
  const texts = importTexts[site.language];
  const outcome = site.link("/organisaties/{id}/gebruikers-importeren/{key}", { id, key: importing.key });
  return (
    <Form action={outcome} progress={outcome} upload>
      <input type="hidden" name="tekst" value={importing.text} />
      <div class="actions">
        <Button>{rows ? texts.importAll(rows.length) : texts.importAgain}</Button>
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers-importeren", { id })}>
          {texts.otherFile}
        </ButtonLink>
      </div>
      <Progress words={texts.begun} value={0} most={rows?.length ?? 1} hidden />
    </Form>
  );
}

/** Shows only rows with errors, because the administrator has to find them in the file. */
function Faults({ site, organisation, rows }: PreviewProps & { readonly rows: readonly ImportRow[] }) {
  const texts = importTexts[site.language];
  const wrong = rows.filter(({ errors }) => errors.length > 0);
  const summary = [{ field: "bestand", text: texts.wrongRows(wrong.length, rows.length) }];
  return (
    <FormPage
      site={site}
      title={texts.previewTitle}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      errorTitle={texts.rejectedTitle}
      errors={summary}
    >
      <p>{wrong.length < rows.length ? `${texts.mend} ${texts.othersRight}` : texts.mend}</p>
      <Table
        label={texts.report}
        columns={[
          { name: texts.line },
          { name: texts.name },
          { name: texts.email },
          { name: texts.whatIsWrong, kind: "long" },
        ]}
        rows={wrong.map((row) => [row.line, row.name, row.email, <RowFaults site={site} row={row} />])}
      />
      <h2>{texts.again}</h2>
      <ChooseFile site={site} organisation={organisation} />
    </FormPage>
  );
}

function RowFaults({ site, row }: { site: Site; row: ImportRow }) {
  return (
    <ul>
      {row.errors.map(({ field, detail }) => (
        <li>{field === null ? detail : `${columnName(field, site)}: ${detail}`}</li>
      ))}
    </ul>
  );
}

/** A column that is not ours keeps its name in the file. */
function columnName(field: string, { language }: Site): string {
  const { columns } = importTexts[language];
  return field in columns ? columns[field as keyof typeof columns] : field;
}

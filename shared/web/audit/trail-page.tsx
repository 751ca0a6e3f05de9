import type * as z from "zod/mini";
import type { auditEvent } from "../../operations/audit/schemas.ts";
import { shortDateTime } from "../../texts/dates.ts";
import { trailTexts } from "../../texts/pages/trail.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import { Field, type FormError } from "../kit/form.tsx";
import { FormPage } from "../kit/form-page.tsx";
import { listQuery, Paging, Table, type Column, type ListPage } from "../kit/list.tsx";
import { SearchForm } from "../kit/search-form.tsx";
import type { Site } from "../kit/site.ts";

type AuditEvent = z.infer<typeof auditEvent>;

/** The filter, which stands in the page's address so that it can be kept and shared. */
export interface TrailFilter {
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly subject: string;
  readonly after: string | null;
}

interface TrailProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly filter: TrailFilter;
  /** Null if the filter is invalid. */
  readonly events: ListPage<AuditEvent> | null;
  readonly errors?: readonly FormError[];
}

/** The Dutch names of the filter's fields in the address. */
const sentAs = { from: "vanaf", to: "tot", actor: "door", subject: "over" } as const;

export function TrailPage({ site, organisation, filter, events, errors = [] }: TrailProps) {
  const texts = trailTexts[site.language];
  const here = site.link("/organisaties/{id}/logboek", organisation);
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="trail"
      organisationMenu={{ organisation, place: "trail" }}
      wide
      errors={errors}
    >
      <p>{texts.intro}</p>
      <Filter site={site} filter={filter} here={here} errors={errors} />
      {events && <p role="status">{countText(events, site)}</p>}
      {events && events.items.length > 0 && (
        <List site={site} organisation={organisation} events={events.items} />
      )}
      {events && (
        <Paging
          site={site}
          first={filter.after === null ? null : here + address(filter, null)}
          next={events.next === null ? null : here + address(filter, events.next)}
        />
      )}
      <p class="actions">
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
          {texts.back}
        </ButtonLink>
      </p>
    </FormPage>
  );
}

/** A page of a long trail can be empty while a later one is not: filters are applied after reading. */
function countText({ items, next, total }: NonNullable<TrailProps["events"]>, { language }: Site): string {
  const texts = trailTexts[language];
  if (items.length === 0) return next === null ? texts.none : texts.further;
  return texts.count(Math.max(total, items.length));
}

function address(filter: TrailFilter, after: string | null): string {
  const fields = Object.entries(sentAs) as [keyof typeof sentAs, string][];
  const parameters = fields.map(([field, name]) => [name, filter[field] || null] as const);
  return listQuery({ ...Object.fromEntries(parameters), na: after });
}

interface FilterProps {
  readonly site: Site;
  readonly filter: TrailFilter;
  readonly here: string;
  readonly errors: readonly FormError[];
}

function Filter({ site, filter, here, errors }: FilterProps) {
  const texts = trailTexts[site.language];
  const field = (name: keyof typeof sentAs, hint?: string) => (
    <Field
      name={name}
      sentAs={sentAs[name]}
      label={texts.fields[name]}
      optional={texts.optional}
      {...(hint === undefined ? { type: "date" } : { type: "text", hint })}
      autocomplete="off"
      value={filter[name]}
      errors={errors}
    />
  );
  return (
    <SearchForm site={site} here={here} novalidate>
      <div class="beside">
        {field("from")}
        {field("to")}
      </div>
      <div class="beside">
        {field("actor", texts.actorHint)}
        {field("subject", texts.subjectHint)}
      </div>
    </SearchForm>
  );
}

interface ListProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly events: readonly AuditEvent[];
}

function List({ site, organisation, events }: ListProps) {
  const texts = trailTexts[site.language];
  const columns: Column[] = [
    { name: texts.at, kind: "unbroken" },
    { name: texts.what, kind: "long" },
    { name: texts.by },
    { name: texts.address },
  ];
  const rows = events.map((event) => [
    shortDateTime(event.at),
    event.text,
    actorText(event, organisation.id, site),
    event.address ?? "–",
  ]);
  return <Table label={texts.title} columns={columns} rows={rows} />;
}

/** Only CIZ acts at other organisations. Without an actor: jobs have no address, requests have one. */
function actorText({ actor, address }: AuditEvent, organisationId: string, site: Site): string {
  const texts = trailTexts[site.language];
  if (actor === null) return address === null ? texts.ourselves : texts.unknown;
  return actor.organisationId === organisationId
    ? actor.username
    : texts.ofOrganisation(actor.username, actor.organisationId);
}

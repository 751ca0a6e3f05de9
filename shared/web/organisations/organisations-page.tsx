import type * as z from "zod/mini";
import type { OrganisationStatus } from "../../domain/organisation.ts";
import type { organisation as organisationSchema } from "../../operations/organisations/schemas.ts";
import { organisationsTexts } from "../../texts/pages/organisations.ts";
import { ButtonLink } from "../kit/button.tsx";
import type { FormError } from "../kit/form.tsx";
import { FormPage } from "../kit/form-page.tsx";
import { listQuery, Paging, Table, type Column, type ListPage } from "../kit/list.tsx";
import { SearchField, SearchForm } from "../kit/search-form.tsx";
import type { Site } from "../kit/site.ts";
import { Choice } from "../kit/choice.tsx";

export type OrganisationRepresentation = z.infer<typeof organisationSchema>;

export const accesses = ["all", "open", "closed"] as const satisfies readonly (OrganisationStatus | "all")[];
export type AccessFilter = (typeof accesses)[number];
/** The Dutch words in addresses. */
export const accessWords: Readonly<Record<AccessFilter, string>> = {
  all: "alle",
  open: "open",
  closed: "gesloten",
};

/** The filter, which stands in the list's address so that it can be kept and shared. */
export interface OrganisationFilter {
  readonly search: string;
  readonly access: AccessFilter;
  readonly after: string | null;
}

interface OrganisationsProps {
  readonly site: Site;
  readonly filter: OrganisationFilter;
  /** Null if the filter is invalid. */
  readonly organisations: ListPage<OrganisationRepresentation> | null;
  readonly mayRegister: boolean;
  readonly errors?: readonly FormError[];
}

export function OrganisationsPage(props: OrganisationsProps) {
  const { site, filter, organisations, mayRegister, errors = [] } = props;
  const texts = organisationsTexts[site.language];
  const address = (changed: OrganisationFilter) => site.link("/organisaties") + queryFor(changed);
  return (
    <FormPage site={site} title={texts.title} place="organisations" wide errors={errors}>
      <Search site={site} filter={filter} errors={errors} />
      {mayRegister && (
        <p class="actions">
          <ButtonLink href={site.link("/organisatie-registreren")}>{texts.register}</ButtonLink>
        </p>
      )}
      {organisations && (
        <p role="status">{organisations.total === 0 ? texts.none : texts.count(organisations.total)}</p>
      )}
      {organisations && organisations.items.length > 0 && (
        <List site={site} organisations={organisations.items} />
      )}
      {organisations && (
        <Paging
          site={site}
          first={filter.after === null ? null : address({ ...filter, after: null })}
          next={organisations.next && address({ ...filter, after: organisations.next })}
        />
      )}
    </FormPage>
  );
}

function Search({ site, filter, errors = [] }: Pick<OrganisationsProps, "site" | "filter" | "errors">) {
  const texts = organisationsTexts[site.language];
  const here = site.link("/organisaties");
  return (
    <SearchForm site={site} here={here}>
      <SearchField label={texts.search} hint={texts.searchHint} value={filter.search} errors={errors} />
      <Choice
        name="toegang"
        kind="one"
        legend={texts.access}
        options={accesses.map((access) => ({ value: accessWords[access], label: texts.accesses[access] }))}
        chosen={[accessWords[filter.access]]}
        errors={[]}
      />
    </SearchForm>
  );
}

interface ListProps {
  readonly site: Site;
  readonly organisations: readonly OrganisationRepresentation[];
}

function List({ site, organisations }: ListProps) {
  const texts = organisationsTexts[site.language];
  const columns: Column[] = [
    { name: texts.name, kind: "header" },
    { name: texts.number, kind: "unbroken" },
    ...[texts.city, texts.agbCode, texts.profile, texts.access, texts.users].map((name) => ({ name })),
  ];
  const rows = organisations.map((organisation) => {
    const { id, name, displayName, city, agbCode, profile, status } = organisation;
    return [
      <>
        <a href={site.link("/organisaties/{id}/gegevens", organisation)}>{name}</a>
        {name !== displayName && <div class="hint">{displayName}</div>}
      </>,
      id,
      city ?? "–",
      agbCode ?? "–",
      profile.name,
      status === "closed" ? <strong class="badge">{texts.accesses.closed}</strong> : texts.accesses[status],
      <a href={site.link("/organisaties/{id}/gebruikers", organisation)}>
        {texts.users}
        <span class="unseen">{texts.usersOf(displayName)}</span>
      </a>,
    ];
  });
  return <Table label={texts.title} caption={texts.order} columns={columns} rows={rows} />;
}

function queryFor({ search, access, after }: OrganisationFilter): string {
  const toegang = access === "all" ? null : accessWords[access];
  return listQuery({ zoeken: search || null, toegang, na: after });
}

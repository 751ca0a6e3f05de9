import type * as z from "zod/mini";
import type { user as userSchema } from "../../operations/users/schemas.ts";
import { shortDateTime } from "../../texts/dates.ts";
import { usersTexts } from "../../texts/pages/users.ts";
import type { Site } from "../kit/site.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import type { FormError } from "../kit/form.tsx";
import { FormPage } from "../kit/form-page.tsx";
import { listQuery, Paging, Table, type Column, type ListPage } from "../kit/list.tsx";
import { SearchField, SearchForm } from "../kit/search-form.tsx";

export type UserRepresentation = z.infer<typeof userSchema>;

/** The filter and sort order, which stand in the list's address so that it can be kept and shared. */
export interface UserFilter {
  readonly organisationId: string;
  readonly search: string;
  readonly deleted: boolean;
  /** A field, or `-` and a field. */
  readonly sort: string | null;
  readonly after: string | null;
}

interface UsersProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly filter: UserFilter;
  /** Null if the filter is invalid. */
  readonly users: ListPage<UserRepresentation> | null;
  readonly mayAdd: boolean;
  readonly errors?: readonly FormError[];
}

/** The list's query with these changes. A changed filter starts at the first page. */
function address(filter: UserFilter, changes: Partial<UserFilter> = {}): string {
  const { search, deleted, sort, after } = { ...filter, after: null, ...changes };
  return listQuery({ zoeken: search || null, verwijderd: deleted ? "ja" : null, sorteer: sort, na: after });
}

export function UsersPage({ site, organisation, filter, users, mayAdd, errors = [] }: UsersProps) {
  const texts = usersTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      wide
      errors={errors}
    >
      <Search site={site} filter={filter} errors={errors} />
      <p class="actions">
        {mayAdd && (
          <ButtonLink href={site.link("/organisaties/{id}/gebruiker-toevoegen", organisation)}>
            {texts.add}
          </ButtonLink>
        )}
        {mayAdd && (
          <ButtonLink
            kind="secondary"
            href={site.link("/organisaties/{id}/gebruikers-importeren", organisation)}
          >
            {texts.importFile}
          </ButtonLink>
        )}
        <ButtonLink
          kind="secondary"
          href={site.link("/organisaties/{id}/gebruikers-downloaden", organisation) + address(filter)}
          download
        >
          {texts.download}
        </ButtonLink>
      </p>
      {users && <p role="status">{users.total === 0 ? texts.none : texts.count(users.total)}</p>}
      {users && users.items.length > 0 && <List site={site} filter={filter} users={users.items} />}
      {users && (
        <Paging
          site={site}
          first={
            filter.after === null
              ? null
              : site.link("/organisaties/{id}/gebruikers", organisation) + address(filter)
          }
          next={users.next === null ? null : address(filter, { after: users.next })}
        />
      )}
    </FormPage>
  );
}

function Search({ site, filter, errors }: Pick<UsersProps, "site" | "filter" | "errors">) {
  const texts = usersTexts[site.language];
  const here = site.link("/organisaties/{id}/gebruikers", { id: filter.organisationId });
  return (
    <SearchForm site={site} here={here}>
      <SearchField label={texts.search} hint={texts.searchHint} value={filter.search} errors={errors ?? []} />
      <div class="tick">
        <input
          class="utrecht-checkbox utrecht-checkbox--html-input"
          type="checkbox"
          id="verwijderd"
          name="verwijderd"
          value="ja"
          checked={filter.deleted}
        />
        <label for="verwijderd">{texts.showDeleted}</label>
      </div>
      {filter.sort !== null && <input type="hidden" name="sorteer" value={filter.sort} />}
    </SearchForm>
  );
}

interface ListProps {
  readonly site: Site;
  readonly filter: UserFilter;
  readonly users: readonly UserRepresentation[];
}

function List({ site, filter, users }: ListProps) {
  const texts = usersTexts[site.language];
  const columns = [
    column(filter, "username", texts.username, "header"),
    column(filter, "name", texts.name),
    column(filter, "lastLoginAt", texts.lastLogin, "unbroken"),
    column(filter, "remark", texts.remarks, "long"),
  ];
  const rows = users.map(({ organisationId: id, username, name, lastLoginAt, remark }) => [
    <a href={site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}>{username}</a>,
    name,
    lastLoginAt === null ? texts.never : shortDateTime(lastLoginAt),
    remark ?? "",
  ]);
  return <Table label={texts.title} caption={texts.sortHint} columns={columns} rows={rows} />;
}

/** The first click sorts ascending, the next descending. */
function column(filter: UserFilter, field: string, name: string, kind?: Column["kind"]): Column {
  const sorted = filter.sort === field ? "ascending" : filter.sort === `-${field}` ? "descending" : undefined;
  const link = (
    <a href={address(filter, { sort: sorted === "ascending" ? `-${field}` : field })}>
      {name}
      {sorted && <span aria-hidden="true">{sorted === "ascending" ? " ▲" : " ▼"}</span>}
    </a>
  );
  return { name, link, sorted, ...(kind && { kind }) };
}

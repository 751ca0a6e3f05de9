import { administratorsTexts, rolesTexts } from "../../texts/pages/administrators.ts";
import { userTexts } from "../../texts/pages/users.ts";
import { roleNames } from "../../texts/role-names.ts";
import { isUsable, type Role } from "../../domain/user.ts";
import type { UserRepresentation } from "../users/users-page.tsx";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { Form, type FormError } from "../kit/form.tsx";
import { MailLink } from "../kit/contact-links.tsx";
import { Table, type Column } from "../kit/list.tsx";
import { Notice } from "../kit/notice.tsx";
import { SearchField } from "../kit/search-form.tsx";
import type { Site } from "../kit/site.ts";
import { Choice } from "../kit/choice.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

interface AdministratorsProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly administrators: readonly UserRepresentation[];
  readonly mayChange: boolean;
  readonly notice: string | null;
  readonly search: string;
  /** Null if there was no search. */
  readonly found: { readonly items: readonly UserRepresentation[]; readonly total: number } | null;
  readonly errors?: readonly FormError[];
}

export function AdministratorsPage(props: AdministratorsProps) {
  const { site, organisation, administrators, mayChange, notice, errors = [] } = props;
  const texts = administratorsTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "administrators" }}
      wide
      errors={errors}
    >
      {notice !== null && <Notice>{notice}</Notice>}
      {administrators.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <p>{texts.intro}</p>
          <People site={site} label={texts.title} people={administrators} mayChange={mayChange} />
        </>
      )}
      {mayChange && <Appoint {...props} />}
    </FormPage>
  );
}

const addressOf = ({ organisationId: id, username }: UserRepresentation) => ({ id, username });

interface PeopleProps {
  readonly site: Site;
  readonly label: string;
  readonly people: readonly UserRepresentation[];
  readonly mayChange: boolean;
}

function People({ site, label, people, mayChange }: PeopleProps) {
  const texts = administratorsTexts[site.language];
  const columns: Column[] = [
    { name: texts.username, kind: "header" },
    { name: texts.name, kind: "unbroken" },
    { name: texts.roles },
    { name: texts.status },
    { name: texts.email },
    ...(mayChange ? [{ name: texts.change }] : []),
  ];
  const rows = people.map((user) => [
    <a href={site.link("/organisaties/{id}/gebruikers/{username}", addressOf(user))}>{user.username}</a>,
    user.name,
    rolesInWords(site, user.roles),
    userTexts[site.language].statuses[user.status],
    <MailLink address={user.email} />,
    <a href={site.link("/organisaties/{id}/gebruikers/{username}/rollen", addressOf(user))}>
      {texts.change}
      <span class="unseen">{texts.changeOf(user.name)}</span>
    </a>,
  ]);
  return <Table label={label} columns={columns} rows={rows} />;
}

function rolesInWords({ language }: Site, roles: readonly Role[]): string {
  return roles.map((role) => roleNames[language][role]).join(", ") || "–";
}

function Appoint({ site, organisation, search, found, errors = [] }: AdministratorsProps) {
  const texts = administratorsTexts[site.language];
  const here = site.link("/organisaties/{id}/beheerders", organisation);
  return (
    <section aria-labelledby="aanwijzen">
      <h2 id="aanwijzen">{texts.appoint}</h2>
      <p>{texts.appointHint}</p>
      <form method="get" action={`${here}#aanwijzen`} class="search" role="search">
        <SearchField label={texts.search} value={search} errors={errors} />
        <div class="actions">
          <Button>{texts.find}</Button>
          <ButtonLink
            kind="secondary"
            href={site.link("/organisaties/{id}/gebruiker-toevoegen", organisation)}
          >
            {texts.add}
          </ButtonLink>
        </div>
      </form>
      {found && found.items.length === 0 && <p role="status">{texts.notFound}</p>}
      {found && found.items.length > 0 && (
        <>
          <h3>{texts.found}</h3>
          {found.total > found.items.length && <p>{texts.more(found.items.length, found.total)}</p>}
          <People site={site} label={texts.found} people={found.items} mayChange />
        </>
      )}
    </section>
  );
}

interface RolesProps extends FailedForm {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly user: UserRepresentation;
  /** The roles that users of the organisation can have. */
  readonly offered: readonly Role[];
  readonly chosen: readonly string[];
  readonly formKey: string;
}

/** The roles of one user. */
export function RolesPage({ site, organisation, user, offered, chosen, formKey, ...failed }: RolesProps) {
  const texts = rolesTexts[site.language];
  const { errors = [], errorTitle } = failed;
  const isOwn = site.session?.member.user.username === user.username;
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "administrators" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      <p>{texts.of(user.name, user.username)}</p>
      {!isUsable(user.status) && <p>{texts.ended}</p>}
      <p>{texts.atOnce}</p>
      {isOwn && <p class="warning">{texts.ownAccount}</p>}
      <Form action={site.link("/organisaties/{id}/gebruikers/{username}/rollen", addressOf(user))}>
        <FormKey value={formKey} />
        <Choice
          name="roles"
          kind="many"
          legend={texts.roles}
          options={offered.map((role) => ({
            value: role,
            label: roleNames[site.language][role],
            hint: texts.meanings[role],
          }))}
          chosen={chosen}
          errors={errors}
        />
        <div class="actions">
          <Button>{texts.save}</Button>
          <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/beheerders", organisation)}>
            {texts.cancel}
          </ButtonLink>
        </div>
      </Form>
    </FormPage>
  );
}

import { personFields } from "../../domain/account-changes.ts";
import { isUsable } from "../../domain/user.ts";
import { longDate, shortDateTime } from "../../texts/dates.ts";
import { userTexts } from "../../texts/pages/users.ts";
import { roleNames } from "../../texts/role-names.ts";
import type { Site } from "../kit/site.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Fact } from "../kit/facts.tsx";
import { Form } from "../kit/form.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Notice } from "../kit/notice.tsx";
import { OrganisationFields, UserFields, type FormOrganisation, type UserValues } from "./user-form.tsx";
import type { UserRepresentation } from "./users-page.tsx";

/** Decides which buttons are shown only; each operation checks the caller's role again. */
export interface UserRights {
  readonly add: boolean;
  readonly edit: boolean;
  readonly remove: boolean;
  readonly sendLink: boolean;
  readonly setRoles: boolean;
}

export interface UserPageProps extends FailedForm {
  readonly site: Site;
  readonly user: UserRepresentation;
  readonly organisation: FormOrganisation;
  /** The ETag of the version that the form was filled from. */
  readonly version: string;
  /** For both forms: a key belongs to one address. */
  readonly formKey: string;
  readonly rights: UserRights;
  /** The values of a form that was refused, so that nothing has to be submitted again. */
  readonly submitted?: UserValues;
  /** True if another person has saved a newer version in the meantime. */
  readonly stale?: boolean;
  readonly notice?: string | null;
}

/** A form for callers who may edit the user, facts for others. */
export function UserPage(props: UserPageProps) {
  const { site, user, organisation, rights, notice = null, errorTitle, errors = [] } = props;
  const texts = userTexts[site.language];
  const editable = rights.edit && isUsable(user.status);
  return (
    <FormPage
      site={site}
      title={editable ? texts.editTitle : texts.viewTitle}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      {notice !== null && <Notice>{notice}</Notice>}
      {props.stale && <Stored site={site} user={user} />}
      {editable ? <EditForm {...props} /> : <Details site={site} user={user} />}
      <Account site={site} user={user} />
      <MoreActions {...props} />
    </FormPage>
  );
}

function addressOf(user: UserRepresentation) {
  return { id: user.organisationId, username: user.username };
}

function EditForm(props: UserPageProps) {
  const { site, user, organisation, version, formKey, rights, submitted, errors = [] } = props;
  const texts = userTexts[site.language];
  const values = submitted ?? valuesOf(user);
  return (
    <Form action={site.link("/organisaties/{id}/gebruikers/{username}", addressOf(user))}>
      <FormKey value={formKey} />
      <input type="hidden" name="versie" value={version} />
      <UserFields site={site} values={values} username={user.username} errors={errors} />
      <OrganisationFields site={site} organisation={organisation} />
      <div class="actions">
        <Button>{texts.save}</Button>
        {rights.remove && (
          <ButtonLink
            kind="secondary"
            href={site.link("/organisaties/{id}/gebruikers/{username}/verwijderen", addressOf(user))}
          >
            {texts.remove}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
          {texts.cancel}
        </ButtonLink>
      </div>
    </Form>
  );
}

export function valuesOf(user: UserRepresentation): UserValues {
  return Object.fromEntries(personFields.map((field) => [field, user[field] ?? ""])) as UserValues;
}

function Details({ site, user }: { site: Site; user: UserRepresentation }) {
  const texts = userTexts[site.language];
  return (
    <dl>
      <Fact label={texts.fields.username}>{user.username}</Fact>
      {personFields.map((field) => (
        <Fact label={texts.fields[field]}>{user[field]}</Fact>
      ))}
    </dl>
  );
}

/** Shows the newer stored values, so that the user sees them before saving again. */
function Stored({ site, user }: { site: Site; user: UserRepresentation }) {
  return (
    <section class="aside" aria-labelledby="opgeslagen">
      <h2 id="opgeslagen">{userTexts[site.language].nowStored}</h2>
      <Details site={site} user={user} />
    </section>
  );
}

function Account({ site, user }: { site: Site; user: UserRepresentation }) {
  const texts = userTexts[site.language];
  const { passwordLink, passwordExpiresAt, lastLoginAt } = user;
  return (
    <section aria-labelledby="account">
      <h2 id="account">{texts.account}</h2>
      <dl>
        <Fact label={texts.status}>{texts.statuses[user.status]}</Fact>
        {user.roles.length > 0 && (
          <Fact label={texts.roles}>
            {user.roles.map((role) => roleNames[site.language][role]).join("\n")}
          </Fact>
        )}
        {user.remark !== null && <Fact label={texts.remark}>{user.remark}</Fact>}
        <Fact label={texts.createdAt}>{longDate(user.createdAt, site.language)}</Fact>
        <Fact label={texts.lastLogin}>{lastLoginAt === null ? texts.never : shortDateTime(lastLoginAt)}</Fact>
        <Fact label={texts.passwordExpiresAt}>
          {passwordExpiresAt === null ? texts.noPassword : longDate(passwordExpiresAt, site.language)}
        </Fact>
        <Fact label={texts.mail}>{texts.mailStatuses[user.mailStatus]}</Fact>
        <Fact label={texts.link}>{linkText(passwordLink, texts)}</Fact>
      </dl>
    </section>
  );
}

function linkText(
  link: UserRepresentation["passwordLink"],
  texts: (typeof userTexts)[Site["language"]],
): string {
  if (link === null) return texts.noLink;
  if (link.sentAt !== null) return `${texts.linkStates[link.state]} ${shortDateTime(link.sentAt)}`;
  return link.state === "open" ? texts.linkWaits : texts.linkNotSent;
}

function MoreActions({ site, user, formKey, rights }: UserPageProps) {
  const texts = userTexts[site.language];
  const organisation = { id: user.organisationId };
  const van = new URLSearchParams({ van: user.username }).toString();
  const about = new URLSearchParams({ over: user.username }).toString();
  return (
    <div class="actions">
      {isUsable(user.status) && rights.sendLink && (
        <Form action={site.link("/organisaties/{id}/gebruikers/{username}/wachtwoordlink", addressOf(user))}>
          <FormKey value={formKey} />
          <Button kind="secondary">{texts.resend}</Button>
        </Form>
      )}
      {isUsable(user.status) && rights.setRoles && (
        <ButtonLink
          kind="secondary"
          href={site.link("/organisaties/{id}/gebruikers/{username}/rollen", addressOf(user))}
        >
          {texts.changeRoles}
        </ButtonLink>
      )}
      {!isUsable(user.status) && rights.add && (
        <ButtonLink href={`${site.link("/organisaties/{id}/gebruiker-toevoegen", organisation)}?${van}`}>
          {texts.recreate}
        </ButtonLink>
      )}
      <ButtonLink kind="secondary" href={`${site.link("/organisaties/{id}/logboek", organisation)}?${about}`}>
        {texts.trail}
      </ButtonLink>
      <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
        {texts.back}
      </ButtonLink>
    </div>
  );
}

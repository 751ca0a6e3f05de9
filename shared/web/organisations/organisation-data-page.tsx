import { organisationTextFields } from "../../domain/organisation.ts";
import { dayInWords } from "../../texts/dates.ts";
import { organisationTexts } from "../../texts/pages/organisation.ts";
import { organisationDataTexts } from "../../texts/pages/organisations.ts";
import { userTexts } from "../../texts/pages/users.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Fact } from "../kit/facts.tsx";
import { Form } from "../kit/form.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { MailLink, PhoneLink } from "../kit/contact-links.tsx";
import { Layout } from "../kit/layout.tsx";
import { Notice } from "../kit/notice.tsx";
import type { Site } from "../kit/site.ts";
import {
  organisationFieldNames,
  labelsInFull,
  OrganisationDataFields,
  ticked,
  valuesOf,
  type OrganisationFieldName,
  type OrganisationValues,
  type Profiles,
} from "./organisation-form.tsx";
import type { OrganisationRepresentation } from "./organisations-page.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

interface DataProps {
  readonly site: Site;
  readonly organisation: OrganisationRepresentation;
}

export function OrganisationDataPage({
  site,
  organisation,
  mayChange,
  notice,
}: DataProps & { readonly mayChange: boolean; readonly notice: string | null }) {
  const texts = organisationDataTexts[site.language];
  return (
    <Layout
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "data" }}
    >
      {notice !== null && <Notice>{notice}</Notice>}
      <General site={site} organisation={organisation} />
      <Agreement site={site} organisation={organisation} />
      {mayChange && (
        <p class="actions">
          <ButtonLink href={site.link("/organisaties/{id}/gegevens-wijzigen", organisation)}>
            {texts.change}
          </ButtonLink>
        </p>
      )}
    </Layout>
  );
}

/** Shown as links or beside them; the other text fields are shown as they are. */
const reachFields = ["phone", "fax", "email"] as const;

function General({ site, organisation }: DataProps) {
  const [texts, labels] = [organisationDataTexts[site.language], organisationTexts[site.language]];
  const { phone, fax, email, emailDomains = [], profile, status } = organisation;
  const allowed = `${texts.types(profile.applicationTypes.join(", "))}; ${texts.identityCheckedBy[profile.identityCheckedBy]}`;
  return (
    <dl>
      <Fact label={labels.number}>{organisation.id}</Fact>
      <Fact label={texts.status}>{texts.statuses[status]}</Fact>
      {organisationTextFields
        .filter((field) => !reachFields.some((one) => one === field))
        .map((field) => (
          <Fact label={labels[field]}>{organisation[field]}</Fact>
        ))}
      <Fact label={labels.phone}>{phone && <PhoneLink number={phone} />}</Fact>
      <Fact label={labels.fax}>{fax}</Fact>
      <Fact label={labels.email}>{email && <MailLink address={email} />}</Fact>
      <Fact label={texts.fields.emailDomains}>{emailDomains.join("\n") || texts.anyDomain}</Fact>
      <Fact label={texts.fields.profile}>{`${profile.name}\n${allowed}`}</Fact>
    </dl>
  );
}

/** Only CIZ sees this part. */
function Agreement({ site, organisation: { contract, contactPerson, signatory } }: DataProps) {
  const texts = organisationDataTexts[site.language];
  const { sections, fields } = texts;
  return (
    <>
      <h2>{sections.contract}</h2>
      <dl>
        <Fact label={fields.contract.signedOn}>
          {contract ? dayInWords(contract.signedOn, site.language) : null}
        </Fact>
        <Fact label={fields.contract.erai}>{contract?.erai ? texts.erai.yes : texts.erai.no}</Fact>
      </dl>
      <h2>{sections.contactPerson}</h2>
      <dl>
        <Fact label={fields.contactPerson.name}>{contactPerson?.name ?? null}</Fact>
        <Fact label={fields.contactPerson.email}>
          {contactPerson && <MailLink address={contactPerson.email} />}
        </Fact>
        <Fact label={fields.contactPerson.phone}>
          {contactPerson?.phone && <PhoneLink number={contactPerson.phone} />}
        </Fact>
      </dl>
      <h2>{sections.signatory}</h2>
      <dl>
        <Fact label={fields.signatory.name}>{signatory?.name ?? null}</Fact>
        <Fact label={fields.signatory.email}>{signatory && <MailLink address={signatory.email} />}</Fact>
      </dl>
    </>
  );
}

export interface ChangeProps extends DataProps, FailedForm {
  /** The ETag of the version that the form was filled from. */
  readonly version: string;
  readonly formKey: string;
  readonly profiles: Profiles;
  /** The values of a form that was refused, so that nothing has to be submitted again. */
  readonly submitted?: OrganisationValues;
  /** True if another person has saved a newer version in the meantime. */
  readonly stale?: boolean;
}

export function ChangeOrganisationPage(props: ChangeProps) {
  const { site, organisation, version, formKey, profiles, submitted, errorTitle, errors = [] } = props;
  const texts = organisationDataTexts[site.language];
  const values = submitted ?? valuesOf(organisation);
  return (
    <FormPage
      site={site}
      title={texts.changeTitle}
      place="organisation"
      organisationMenu={{ organisation, place: "data" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      {props.stale && <Stored site={site} organisation={organisation} submitted={values} />}
      <p>{texts.changeIntro}</p>
      <p>{userTexts[site.language].required}</p>
      <Form action={site.link("/organisaties/{id}/gegevens-wijzigen", organisation)}>
        <FormKey value={formKey} />
        <input type="hidden" name="versie" value={version} />
        <OrganisationDataFields site={site} values={values} profiles={profiles} errors={errors} />
        <div class="actions">
          <Button>{texts.save}</Button>
          <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gegevens", organisation)}>
            {texts.cancel}
          </ButtonLink>
        </div>
      </Form>
    </FormPage>
  );
}

/** Browsers send line ends as CRLF; that is no difference. */
const comparable = (value: string) => value.replaceAll("\r\n", "\n").trim();

/** Lists only the fields in which the newer stored version differs from the form. */
function Stored({ site, organisation, submitted }: DataProps & { readonly submitted: OrganisationValues }) {
  const texts = organisationDataTexts[site.language];
  const stored = valuesOf(organisation);
  const changed = organisationFieldNames.filter(
    (name) => comparable(stored[name]) !== comparable(submitted[name]),
  );
  return (
    <section class="aside" aria-labelledby="opgeslagen">
      <h2 id="opgeslagen">{texts.nowStored}</h2>
      {changed.length === 0 ? (
        <p>{texts.sameStored}</p>
      ) : (
        <dl>
          {changed.map((name) => (
            <Fact label={labelsInFull(site.language)[name]}>
              {`${texts.stored}: ${shown(site, name, stored[name])}\n${texts.yours}: ${shown(site, name, submitted[name])}`}
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}

function shown({ language }: Site, name: OrganisationFieldName, value: string): string {
  const { empty, erai } = organisationDataTexts[language];
  if (name === "contract/erai") return value === ticked ? erai.yes : erai.no;
  return comparable(value).replaceAll("\n", ", ") || empty;
}

const mostNamed = 50;

/** Shown once after saving, when users have addresses outside the new domains. */
export function SavedWithUsersOutside({
  site,
  organisation,
  users,
  total,
}: DataProps & {
  readonly users: readonly { readonly username: string; readonly name: string }[];
  readonly total: number;
}) {
  const texts = organisationDataTexts[site.language];
  const { id } = organisation;
  return (
    <Layout
      site={site}
      title={texts.savedTitle}
      place="organisation"
      organisationMenu={{ organisation, place: "data" }}
    >
      <h2>{texts.outsideTitle}</h2>
      <p>{texts.outside(total)}</p>
      <ul>
        {users.slice(0, mostNamed).map(({ username, name }) => (
          <li>
            <a href={site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}>{name}</a> (
            {username})
          </li>
        ))}
      </ul>
      {total > mostNamed && <p>{texts.outsideMore(total - mostNamed)}</p>}
      <p class="actions">
        <ButtonLink href={site.link("/organisaties/{id}/gegevens", { id })}>{texts.further}</ButtonLink>
      </p>
    </Layout>
  );
}

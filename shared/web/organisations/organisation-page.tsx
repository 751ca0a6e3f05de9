import type * as z from "zod/mini";
import type { organisation as organisationSchema } from "../../operations/organisations/schemas.ts";
import { organisationTexts } from "../../texts/pages/organisation.ts";
import type { Site } from "../kit/site.ts";
import { Fact } from "../kit/facts.tsx";
import { MailLink } from "../account/help-page.tsx";
import { Layout } from "../kit/layout.tsx";

type Organisation = z.infer<typeof organisationSchema>;

const shown = [
  "name",
  "displayName",
  "agbCode",
  "street",
  "houseNumber",
  "houseNumberAddition",
  "postalCode",
  "city",
  "phone",
  "fax",
  "email",
] as const satisfies readonly (keyof Organisation)[];

/** An organisation's data, which only CIZ changes. */
export function OrganisationPage({ site, organisation }: { site: Site; organisation: Organisation }) {
  const texts = organisationTexts[site.language];
  return (
    <Layout site={site} title={texts.title} place="organisation">
      <dl>
        <Fact label={texts.number}>{organisation.id}</Fact>
        {shown.map((field) => (
          <Fact label={texts[field]}>{organisation[field] ?? texts.absent}</Fact>
        ))}
      </dl>
      <Roles site={site} profile={organisation.profile} />
      <p>
        {texts.changes} <MailLink address={site.contacts.contractManagement.email} />
      </p>
    </Layout>
  );
}

function Roles({ site, profile }: { site: Site; profile: Organisation["profile"] }) {
  const texts = organisationTexts[site.language];
  return (
    <section aria-labelledby="rollen">
      <h2 id="rollen">{texts.roles}</h2>
      <dl>
        <Fact label={texts.activeRoles}>{profile.name}</Fact>
      </dl>
      <p>{texts.allows}</p>
      <ul>
        {profile.applicationTypes.map((type) => (
          <li>{type}</li>
        ))}
      </ul>
      <p>{texts.identityCheckedBy[profile.identityCheckedBy]}</p>
    </section>
  );
}

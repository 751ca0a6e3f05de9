import type * as z from "zod/mini";
import { isOperator } from "../../domain/operator.ts";
import type { WebOperations } from "../operations.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import { callFrom, signedIn, type PageAction } from "../kit/page-action.ts";
import { organisationTextFields } from "../../domain/organisation.ts";
import type { organisation as organisationSchema } from "../../operations/organisations/schemas.ts";
import { organisationTexts } from "../../texts/pages/organisation.ts";
import type { Site } from "../kit/site.ts";
import { Fact } from "../kit/facts.tsx";
import { MailLink } from "../kit/contact-links.tsx";
import { Layout } from "../kit/layout.tsx";

export function showOrganisation({ getOrganisation }: Pick<WebOperations, "getOrganisation">): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id") };
    // CIZ has a page that shows more, where contract managers change the data.
    if (isOperator(signedIn(site).member)) return redirect(site.link("/organisaties/{id}/gegevens", params));
    const { body } = await getOrganisation({ ...callFrom(request, site), params });
    return htmlResponse(200, site.language, <OrganisationPage site={site} organisation={body} />);
  };
}

type Organisation = z.infer<typeof organisationSchema>;

/** For the organisation's administrators; only CIZ can change these data. */
export function OrganisationPage({ site, organisation }: { site: Site; organisation: Organisation }) {
  const texts = organisationTexts[site.language];
  return (
    <Layout site={site} title={texts.title} place="organisation">
      <dl>
        <Fact label={texts.number}>{organisation.id}</Fact>
        {organisationTextFields.map((field) => (
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

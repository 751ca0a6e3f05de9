import { deletionTexts, userTexts } from "../../texts/pages/users.ts";
import { ButtonLink } from "../kit/button.tsx";
import { Layout } from "../kit/layout.tsx";
import type { Site } from "../kit/site.ts";
import type { FormOrganisation } from "./user-form.tsx";
import type { UserRepresentation } from "./users-page.tsx";

export interface UserAndOrganisation {
  readonly site: Site;
  readonly user: UserRepresentation;
  readonly organisation: FormOrganisation;
}

export function UserAdded({ site, user, organisation }: UserAndOrganisation) {
  const texts = userTexts[site.language];
  return (
    <Layout
      site={site}
      title={texts.addedTitle}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
    >
      <p>{texts.added(user.username)}</p>
      <p>{texts.mailed(user.email)}</p>
      <p class="actions">
        <ButtonLink href={site.link("/organisaties/{id}/gebruikers", { id: user.organisationId })}>
          {texts.further}
        </ButtonLink>
      </p>
    </Layout>
  );
}

export function UserDeleted({ site, user, organisation }: UserAndOrganisation) {
  const texts = deletionTexts[site.language];
  return (
    <Layout
      site={site}
      title={texts.doneTitle}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
    >
      <p>{texts.done(user.name, user.username)}</p>
      <p class="actions">
        <ButtonLink href={site.link("/organisaties/{id}/gebruikers", { id: user.organisationId })}>
          {texts.back}
        </ButtonLink>
      </p>
    </Layout>
  );
}

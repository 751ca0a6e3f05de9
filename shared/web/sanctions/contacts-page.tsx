import type * as z from "zod/mini";
import type { contact as contactSchema } from "../../operations/sanctions/schemas.ts";
import { contactsTexts } from "../../texts/pages/incidents.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import { Layout } from "../kit/layout.tsx";
import { listQuery, Paging, type ListPage } from "../kit/list.tsx";
import type { Site } from "../kit/site.ts";
import { Contact, incidentName, type IncidentRepresentation } from "./incidents-page.tsx";

interface ContactsProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly incident: IncidentRepresentation;
  readonly contacts: ListPage<z.infer<typeof contactSchema>>;
  readonly isFirstPage: boolean;
}

/** All contacts about an incident, the latest first. */
export function ContactsPage({ site, organisation, incident, contacts, isFirstPage }: ContactsProps) {
  const texts = contactsTexts[site.language];
  const at = { id: organisation.id, incidentId: incident.id };
  const here = site.link("/organisaties/{id}/incidenten/{incidentId}/contacten", at);
  return (
    <Layout
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "incidents" }}
    >
      <h2>{incidentName(incident, site)}</h2>
      <p>{texts.count(contacts.total)}</p>
      <ul>
        {contacts.items.map((contact) => (
          <Contact site={site} contact={contact} />
        ))}
      </ul>
      <Paging
        site={site}
        first={isFirstPage ? null : here}
        next={contacts.next && here + listQuery({ na: contacts.next })}
      />
      <div class="actions">
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/incidenten", organisation)}>
          {texts.back}
        </ButtonLink>
      </div>
    </Layout>
  );
}

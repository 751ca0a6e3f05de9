import type * as z from "zod/mini";
import { incidentState } from "../../domain/sanction.ts";
import type {
  closure as closureSchema,
  contact as contactSchema,
  incident as incidentSchema,
} from "../../operations/sanctions/schemas.ts";
import { dayInWords, longDateTime } from "../../texts/dates.ts";
import { incidentsTexts } from "../../texts/pages/incidents.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import { Fact } from "../kit/facts.tsx";
import { Layout } from "../kit/layout.tsx";
import { listQuery, Paging, type ListPage } from "../kit/list.tsx";
import { Notice } from "../kit/notice.tsx";
import type { Site } from "../kit/site.ts";

export type IncidentRepresentation = z.infer<typeof incidentSchema>;
export type ClosureRepresentation = z.infer<typeof closureSchema>;

interface IncidentsProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly incidents: ListPage<IncidentRepresentation>;
  readonly closures: readonly ClosureRepresentation[];
  readonly mayRecord: boolean;
  readonly isFirstPage: boolean;
  readonly notice: string | null;
}

export function IncidentsPage(props: IncidentsProps) {
  const { site, organisation, incidents, closures, mayRecord, notice } = props;
  const texts = incidentsTexts[site.language];
  const here = site.link("/organisaties/{id}/incidenten", organisation);
  return (
    <Layout
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "incidents" }}
    >
      {notice !== null && <Notice>{notice}</Notice>}
      <p>{incidents.total === 0 ? texts.none : `${texts.count(incidents.total)}. ${texts.intro}`}</p>
      <div class="actions">
        {mayRecord && (
          <ButtonLink href={site.link("/organisaties/{id}/incident-vastleggen", organisation)}>
            {texts.record}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/toegang", organisation)}>
          {texts.toAccess}
        </ButtonLink>
      </div>
      {incidents.items.map((incident) => (
        <Incident
          site={site}
          organisation={organisation}
          incident={incident}
          closures={closures}
          mayRecord={mayRecord}
        />
      ))}
      <Paging
        site={site}
        first={props.isFirstPage ? null : here}
        next={incidents.next && here + listQuery({ na: incidents.next })}
      />
    </Layout>
  );
}

/** "Misbruik op 22 november 2026". */
export function incidentName({ kind, occurredOn }: IncidentRepresentation, { language }: Site): string {
  const texts = incidentsTexts[language];
  return texts.heading(texts.kinds[kind], dayInWords(occurredOn, language));
}

interface IncidentProps extends Pick<IncidentsProps, "site" | "organisation" | "closures" | "mayRecord"> {
  readonly incident: IncidentRepresentation;
}

function Incident({ site, organisation, incident, closures, mayRecord }: IncidentProps) {
  const texts = incidentsTexts[site.language];
  const heading = `incident-${incident.id}`;
  const at = { id: organisation.id, incidentId: incident.id };
  return (
    <article class="card" aria-labelledby={heading}>
      <h2 id={heading}>{incidentName(incident, site)}</h2>
      <p class="badge">{texts.states[incidentState(stored(incident), closures)]}</p>
      <p class="text">{incident.description}</p>
      <IncidentFacts site={site} organisation={organisation} incident={incident} />
      <h3>{texts.contacts}</h3>
      {incident.contacts.length === 0 ? (
        <p>{texts.noContacts}</p>
      ) : (
        <ul>
          {incident.contacts.map((contact) => (
            <Contact site={site} contact={contact} />
          ))}
        </ul>
      )}
      {incident.contactCount > incident.contacts.length && (
        <p>
          {texts.latestContacts(incident.contacts.length, incident.contactCount)}{" "}
          <a href={site.link("/organisaties/{id}/incidenten/{incidentId}/contacten", at)}>
            {texts.allContacts}
            <span class="unseen">
              {texts.about(texts.kinds[incident.kind], dayInWords(incident.occurredOn, site.language))}
            </span>
          </a>
        </p>
      )}
      {mayRecord && (
        <ButtonLink
          kind="secondary"
          href={site.link("/organisaties/{id}/incidenten/{incidentId}/contact-vastleggen", at)}
        >
          {texts.logContact}
          <span class="unseen">
            {texts.about(texts.kinds[incident.kind], dayInWords(incident.occurredOn, site.language))}
          </span>
        </ButtonLink>
      )}
    </article>
  );
}

/** The part of an incident that the domain's rules need. */
function stored(incident: IncidentRepresentation) {
  return { id: incident.id, contacts: incident.contacts };
}

export function IncidentFacts({
  site,
  organisation: { id },
  incident,
}: Pick<IncidentProps, "site" | "organisation" | "incident">) {
  const texts = incidentsTexts[site.language];
  const { reportedBy, usernames, recordedAt, recordedBy } = incident;
  return (
    <dl>
      <Fact label={texts.reportedBy}>{reportedBy}</Fact>
      <Fact label={texts.usernames}>
        {usernames.length === 0
          ? texts.noUsers
          : usernames.map((username, index) => (
              <>
                {index > 0 && ", "}
                <a href={site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}>
                  {username}
                </a>
              </>
            ))}
      </Fact>
      <Fact label={texts.recorded}>
        {texts.recordedBy(longDateTime(recordedAt, site.language), recordedBy)}
      </Fact>
    </dl>
  );
}

export function Contact({ site, contact }: { site: Site; contact: z.infer<typeof contactSchema> }) {
  const texts = incidentsTexts[site.language];
  const { at, with: partner, name, means, summary } = contact;
  return (
    <li>
      <strong>
        {texts.contact({
          at: longDateTime(at, site.language),
          partner: texts.partners[partner],
          name,
          by: texts.means[means],
        })}
      </strong>
      <p class="text">{summary}</p>
    </li>
  );
}

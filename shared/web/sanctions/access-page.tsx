import { operatorOrganisationId } from "../../domain/organisation.ts";
import type { UndeliveredLetter } from "../../domain/sanction.ts";
import { longDateTime } from "../../texts/dates.ts";
import { accessTexts } from "../../texts/pages/access.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import { Fact } from "../kit/facts.tsx";
import { Layout } from "../kit/layout.tsx";
import { Notice } from "../kit/notice.tsx";
import type { Site } from "../kit/site.ts";
import { Grounds } from "./grounds.tsx";
import { incidentName, type ClosureRepresentation, type IncidentRepresentation } from "./incidents-page.tsx";

interface AccessProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly incidents: readonly IncidentRepresentation[];
  /** The newest first. */
  readonly closures: readonly ClosureRepresentation[];
  /** The letters that did not arrive, of all closures. */
  readonly undelivered: readonly (UndeliveredLetter & { readonly closureId: string })[];
  readonly mayClose: boolean;
  readonly notice: string | null;
}

export function AccessPage(props: AccessProps) {
  const { site, organisation, closures, notice } = props;
  const texts = accessTexts[site.language];
  return (
    <Layout
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "access" }}
    >
      {notice !== null && <Notice>{notice}</Notice>}
      {organisation.status === "open" ? <Open {...props} /> : <Closed {...props} />}
      <h2>{texts.historyTitle}</h2>
      {closures.length === 0 && <p>{texts.noHistory}</p>}
      {closures.map((closure) => (
        <Closure {...props} closure={closure} />
      ))}
    </Layout>
  );
}

function Open({ site, organisation, incidents, mayClose }: AccessProps) {
  const texts = accessTexts[site.language];
  if (organisation.id === operatorOrganisationId) return <p>{texts.operator}</p>;
  return (
    <>
      <p>{texts.open}</p>
      <h2>{texts.groundsTitle}</h2>
      <Grounds
        site={site}
        organisation={organisation}
        incidents={incidents}
        assessment={null}
        mayRecord={mayClose}
      />
      {mayClose && (
        <p class="actions">
          <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/toegang-sluiten", organisation)}>
            {texts.close}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

function Closed({ site, organisation, closures, mayClose }: AccessProps) {
  const texts = accessTexts[site.language];
  const current = closures.find(({ reopenedAt }) => reopenedAt === null);
  return (
    <>
      {current && (
        <p class="warning">
          {texts.closed(longDateTime(current.closedAt, site.language), texts.grounds[current.ground])}
        </p>
      )}
      {mayClose && (
        <p class="actions">
          <ButtonLink href={site.link("/organisaties/{id}/toegang-heropenen", organisation)}>
            {texts.reopen}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

function Closure({
  site,
  organisation,
  incidents,
  undelivered,
  closure,
}: AccessProps & { readonly closure: ClosureRepresentation }) {
  const texts = accessTexts[site.language];
  const at = longDateTime(closure.closedAt, site.language);
  const { reopenedAt, reopenedBy, reopeningReason } = closure;
  const place = { id: organisation.id, closureId: closure.id };
  return (
    <article class="card" aria-labelledby={`sluiting-${closure.id}`}>
      <h3 id={`sluiting-${closure.id}`}>{texts.closure(at)}</h3>
      <dl>
        <Fact label={texts.ground}>{texts.grounds[closure.ground]}</Fact>
        <Fact label={texts.closedBy}>{closure.closedBy}</Fact>
        <Fact label={texts.incidentsOf}>
          {closure.incidentIds
            .map((id) => incidents.find((one) => one.id === id))
            .map((incident) => (incident ? incidentName(incident, site) : texts.unknownIncident))
            .join("\n")}
        </Fact>
        <Fact label={texts.assessment}>{closure.assessment ?? texts.noAssessment}</Fact>
        <Fact label={texts.reopened}>
          {reopenedAt === null
            ? texts.notReopened
            : texts.reopenedAt(longDateTime(reopenedAt, site.language), reopenedBy ?? "")}
        </Fact>
        {reopeningReason !== null && <Fact label={texts.reason}>{reopeningReason}</Fact>}
      </dl>
      {undelivered
        .filter(({ closureId }) => closureId === closure.id)
        .map(({ letter, to, verdict, at: since }) => (
          <p class="warning">
            {texts.undelivered[verdict]({
              letter: texts.letters[letter],
              to: `${to.name} (${to.address})`,
              at: longDateTime(since, site.language),
            })}
          </p>
        ))}
      <p>
        <a href={site.link("/organisaties/{id}/sluitingen/{closureId}/brief", place)}>
          {texts.letter}
          <span class="unseen">{texts.letterOf(at)}</span>
        </a>
      </p>
    </article>
  );
}

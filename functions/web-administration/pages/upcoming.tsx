import type * as z from "zod/mini";
import type { upcoming as upcomingSchema } from "../../../shared/http/schemas.ts";
import { shortDate } from "../../../shared/texts/dates.ts";
import { upcomingTexts } from "../../../shared/texts/pages/upcoming.ts";
import type { Site } from "../../web/site.ts";
import type { OrganisationShown } from "../../web/pages/about.tsx";
import { ButtonLink } from "../../web/pages/button.tsx";
import { Layout } from "../../web/pages/layout.tsx";
import { Table } from "../../web/pages/list.tsx";

type End = z.infer<typeof upcomingSchema>["items"][number];

/** How many days one can look ahead. */
export const periods = [7, 14, 30, 90] as const;

interface UpcomingProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly days: number;
  readonly ends: readonly End[];
}

/** Whose password or account ends in the coming days. */
export function UpcomingPage({ site, organisation, days, ends }: UpcomingProps) {
  const texts = upcomingTexts[site.language];
  return (
    <Layout site={site} title={texts.title} place="upcoming" about={{ organisation, place: "upcoming" }} wide>
      <p>{texts.intro}</p>
      <ul>
        <li>{texts.passwords}</li>
        <li>{texts.accounts}</li>
      </ul>
      <nav class="choices" aria-label={texts.period}>
        {periods.map((period) => (
          <a href={`?dagen=${period}`} aria-current={period === days ? "true" : undefined}>
            {texts.days(period)}
          </a>
        ))}
      </nav>
      <p role="status">{ends.length === 0 ? texts.none(days) : texts.count(ends.length, days)}</p>
      {ends.length > 0 && (
        <Table label={texts.title} columns={[texts.on, texts.username, texts.name, texts.what]}>
          {ends.map((end) => (
            <Row site={site} organisationId={organisation.id} end={end} />
          ))}
        </Table>
      )}
      <p class="actions">
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
          {texts.back}
        </ButtonLink>
      </p>
    </Layout>
  );
}

function Row({ site, organisationId: id, end }: { site: Site; organisationId: string; end: End }) {
  const { username, name, on, what } = end;
  return (
    <tr>
      <td class="when">{shortDate(on)}</td>
      <th scope="row">
        <a href={site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}>{username}</a>
      </th>
      <td>{name}</td>
      <td>{upcomingTexts[site.language].ends[what]}</td>
    </tr>
  );
}

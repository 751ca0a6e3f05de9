import type * as z from "zod/mini";
import type { WebOperations } from "../operations.ts";
import { htmlResponse } from "../kit/response.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { upcoming as upcomingSchema } from "../../operations/users/schemas.ts";
import { shortDate } from "../../texts/dates.ts";
import { upcomingTexts } from "../../texts/pages/upcoming.ts";
import type { Site } from "../kit/site.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { ButtonLink } from "../kit/button.tsx";
import { Layout } from "../kit/layout.tsx";
import { Table, type Column } from "../kit/list.tsx";

type Looking = Pick<WebOperations, "listUpcoming" | "getOrganisation">;

const usualDays = 30;

/** A number of days that the page does not offer is replaced by the usual one. */
export function showUpcoming({ listUpcoming, getOrganisation }: Looking): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const organisation = await organisationOf(id, call, { getOrganisation });
    const days = periods.find((period) => String(period) === request.query("dagen")) ?? usualDays;
    const { body } = await listUpcoming({ ...call, params: { id }, query: { days: String(days) } });
    const page = <UpcomingPage site={site} organisation={organisation} days={days} ends={body} />;
    return htmlResponse(200, site.language, page);
  };
}

type Ends = z.infer<typeof upcomingSchema>;

/** In days. */
export const periods = [7, 14, 30, 90] as const;

interface UpcomingProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly days: number;
  readonly ends: Ends;
}

export function UpcomingPage({ site, organisation, days, ends }: UpcomingProps) {
  const texts = upcomingTexts[site.language];
  return (
    <Layout
      site={site}
      title={texts.title}
      place="upcoming"
      organisationMenu={{ organisation, place: "upcoming" }}
      wide
    >
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
      <p role="status">
        {ends.total === 0 ? texts.none(days) : texts.count(ends.total, days)}
        {ends.total > ends.items.length && ` ${texts.first(ends.items.length)}`}
      </p>
      {ends.total > 0 && <List site={site} organisation={organisation} ends={ends} />}
      <p class="actions">
        <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
          {texts.back}
        </ButtonLink>
      </p>
    </Layout>
  );
}

function List({ site, organisation: { id }, ends }: Omit<UpcomingProps, "days">) {
  const texts = upcomingTexts[site.language];
  const columns: Column[] = [
    { name: texts.on, kind: "unbroken" },
    { name: texts.username, kind: "header" },
    { name: texts.name },
    { name: texts.what },
  ];
  const rows = ends.items.map(({ username, name, on, what }) => [
    shortDate(on),
    <a href={site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}>{username}</a>,
    name,
    texts.ends[what],
  ]);
  return <Table label={texts.title} columns={columns} rows={rows} />;
}

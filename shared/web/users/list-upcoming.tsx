import type { WebOperations } from "../operations.ts";
import { periods, UpcomingPage } from "./upcoming-page.tsx";
import { htmlResponse } from "../kit/response.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";

type Looking = Pick<WebOperations, "listUpcoming" | "getOrganisation">;

const usualDays = 30;

/** An address with another number of days in it than the page offers shows the usual number. */
export function showUpcoming({ listUpcoming, getOrganisation }: Looking): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const organisation = await organisationOf(id, call, { getOrganisation });
    const days = periods.find((period) => String(period) === request.query("dagen")) ?? usualDays;
    const { body } = await listUpcoming({ ...call, params: { id }, query: { days: String(days) } });
    const page = <UpcomingPage site={site} organisation={organisation} days={days} ends={body.items} />;
    return htmlResponse(200, site.language, page);
  };
}

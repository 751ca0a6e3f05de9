import type { AdministrationOperations } from "../operations.ts";
import { periods, UpcomingPage } from "../pages/upcoming.tsx";
import { htmlResponse } from "../../web/response.ts";
import { callFrom, type PageAction } from "../../web/actions/page-action.ts";

const usualDays = 30;

/** An address with another number of days in it than the page offers shows the usual number. */
export function showUpcoming({ listUpcoming }: Pick<AdministrationOperations, "listUpcoming">): PageAction {
  return async (request, site) => {
    const organisationId = request.parameter("id");
    const days = periods.find((period) => String(period) === request.query("dagen")) ?? usualDays;
    const call = { params: { id: organisationId }, query: { days: String(days) } };
    const { body } = await listUpcoming({ ...callFrom(request, site), ...call });
    const page = <UpcomingPage site={site} organisationId={organisationId} days={days} ends={body.items} />;
    return htmlResponse(200, site.language, page);
  };
}

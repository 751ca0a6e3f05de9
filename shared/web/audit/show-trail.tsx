import { isDomainError } from "../../domain/errors.ts";
import { trailTexts } from "../../texts/pages/trail.ts";
import { formFailure } from "../kit/form-failure.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse } from "../kit/response.ts";
import type { WebOperations } from "../operations.ts";
import { TrailPage, type TrailFilter } from "./trail-page.tsx";

export function showTrail({
  listAuditEvents,
  getOrganisation,
}: Pick<WebOperations, "getOrganisation" | "listAuditEvents">): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const organisation = await organisationOf(id, call, { getOrganisation });
    const filter = readFilter(request);
    const page = { site, organisation, filter };
    try {
      const { body } = await listAuditEvents({ ...call, params: { id }, query: queryOf(filter) });
      return htmlResponse(200, site.language, <TrailPage {...page} events={body} />);
    } catch (error) {
      if (!isDomainError(error, "invalid-request")) throw error;
      const { status, errors } = formFailure(error, site, trailTexts[site.language].fields);
      return htmlResponse(status, site.language, <TrailPage {...page} events={null} errors={errors} />);
    }
  };
}

function readFilter({ query }: PageRequest): TrailFilter {
  const text = (name: string) => (query(name) ?? "").trim();
  return {
    from: text("vanaf"),
    to: text("tot"),
    // Login names are in lower case; devices often capitalise the first letter.
    actor: text("door").toLowerCase(),
    subject: text("over").toLowerCase(),
    after: query("na"),
  };
}

function queryOf({ from, to, actor, subject, after }: TrailFilter): Record<string, string> {
  const query = { from, to, actor, subject, after: after ?? "" };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
}

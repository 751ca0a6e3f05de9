import { isDomainError } from "../../domain/errors.ts";
import { usersTexts } from "../../texts/pages/users.ts";
import type { WebOperations } from "../operations.ts";
import { UsersPage, type UserFilter } from "./users-page.tsx";
import type { PageRequest } from "../kit/request.ts";
import { fileToKeep, htmlResponse } from "../kit/response.ts";
import { formFailure } from "../kit/form-failure.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { may } from "../kit/rights.ts";
import { routes } from "../../operations/users/routes.ts";

type Listing = Pick<WebOperations, "listUsers" | "getOrganisation">;

export function showUsers({ listUsers, getOrganisation }: Listing): PageAction {
  return async (request, site) => {
    const filter = readFilter(request);
    const { organisationId } = filter;
    const call = callFrom(request, site);
    const organisation = await organisationOf(organisationId, call, { getOrganisation });
    const page = { site, organisation, filter, mayAdd: may(routes.createUser, site, organisationId) };
    try {
      const { body } = await listUsers({
        ...call,
        params: { id: organisationId },
        query: { ...queryOf(filter), ...(filter.after !== null && { after: filter.after }) },
      });
      if ("csv" in body) throw new Error("A list of users came as a file");
      return htmlResponse(200, site.language, <UsersPage {...page} users={body} />);
    } catch (error) {
      if (!isDomainError(error, "invalid-request")) throw error;
      const { status, errors } = formFailure(error, site, { search: usersTexts[site.language].search });
      return htmlResponse(status, site.language, <UsersPage {...page} users={null} errors={errors} />);
    }
  };
}

/** The file has all users that the filter finds, not only the current page. */
export function downloadUsers({ listUsers }: Pick<Listing, "listUsers">): PageAction {
  return async (request, site) => {
    const filter = readFilter(request);
    const { body } = await listUsers({
      ...callFrom(request, site),
      params: { id: filter.organisationId },
      query: queryOf(filter),
      wantsCsv: true,
    });
    if (!("csv" in body)) throw new Error("A file of users came as a list");
    return fileToKeep("text/csv; charset=utf-8", usersTexts[site.language].downloadFile, body.csv);
  };
}

function readFilter({ parameter, query }: PageRequest): UserFilter {
  return {
    organisationId: parameter("id"),
    search: (query("zoeken") ?? "").trim(),
    deleted: query("verwijderd") === "ja",
    sort: query("sorteer"),
    after: query("na"),
  };
}

function queryOf({ search, deleted, sort }: UserFilter): Record<string, string> {
  return {
    ...(search !== "" && { search }),
    status: deleted ? "all" : "current",
    ...(sort !== null && { sort }),
  };
}

import * as z from "zod/mini";
import { administratorsAndOperator, defineRoutes } from "../kit/route.ts";
import { organisationId, pageOf, pageQuery } from "../kit/schemas.ts";
import { user } from "../users/schemas.ts";
import {
  changedOrganisation,
  newOrganisation,
  organisation,
  organisationChange,
  profile,
} from "./schemas.ts";
import { line, loginNameText } from "../kit/text-schemas.ts";
import { organisationStatuses } from "../../domain/organisation.ts";
import { roles } from "../../domain/user.ts";

const tag = "Organisations";

export const routes = defineRoutes({
  registerOrganisation: {
    method: "POST",
    path: "/v1/organisations",
    who: ["contract-managers"],
    summary: "Register an organisation whose signed agreement is in, and appoint its first administrator",
    tag,
    body: newOrganisation,
    idempotent: true,
    success: {
      status: 201,
      schema: z.object({ organisation, administrator: user }),
      description: "Registered; the administrator gets the welcome mail",
      headers: ["Location", "ETag"],
    },
    problems: [
      "agb-code-in-use",
      "email-in-use",
      "email-not-personal",
      "email-outside-domain",
      "public-domain",
    ],
  },
  getOrganisation: {
    method: "GET",
    path: "/v1/organisations/{id}",
    who: administratorsAndOperator,
    summary: "An organisation's data",
    tag,
    params: z.strictObject({ id: organisationId }),
    success: { status: 200, schema: organisation, description: "The organisation", headers: ["ETag"] },
    problems: [],
  },
  changeOrganisation: {
    method: "PATCH",
    path: "/v1/organisations/{id}",
    who: ["contract-managers"],
    summary: "Change what is given of an organisation's data; its administrators are told by mail",
    tag,
    params: z.strictObject({ id: organisationId }),
    body: organisationChange,
    precondition: true,
    repeatedByForms: true,
    success: {
      status: 200,
      schema: changedOrganisation,
      description: "The organisation as it is now",
      headers: ["ETag"],
    },
    problems: ["agb-code-in-use"],
  },
  listOrganisations: {
    method: "GET",
    path: "/v1/organisations",
    who: ["contract-managers", "service-desk"],
    summary: "All organisations, by name; searched in name, displayed name, AGB code, city and number",
    tag,
    query: z.strictObject({
      search: z.optional(line(100)),
      status: z._default(z.enum([...organisationStatuses, "all"]), "all"),
      ...pageQuery,
    }),
    success: { status: 200, schema: pageOf(organisation), description: "A page of organisations" },
    problems: [],
  },
  listAdministrators: {
    method: "GET",
    path: "/v1/organisations/{id}/administrators",
    who: administratorsAndOperator,
    summary: "All who have a role at an organisation and whose account has not ended, by name",
    tag,
    params: z.strictObject({ id: organisationId }),
    query: z.strictObject(pageQuery),
    success: { status: 200, schema: pageOf(user), description: "A page of them" },
    problems: [],
  },
  setRoles: {
    method: "PUT",
    path: "/v1/organisations/{id}/users/{username}/roles",
    who: ["contract-managers"],
    manages: "set-roles",
    summary: "Give a user exactly these roles; sessions end where one is taken away",
    tag,
    params: z.strictObject({ id: organisationId, username: loginNameText }),
    body: z.strictObject({ roles: z.array(z.enum(roles)).check(z.maxLength(roles.length)) }),
    repeatedByForms: true,
    success: { status: 200, schema: user, description: "The user", headers: ["ETag"] },
    problems: ["last-administrator", "account-not-usable", "role-not-here"],
  },
  listProfiles: {
    method: "GET",
    path: "/v1/profiles",
    who: "signed-in",
    summary: "The profiles there are, and what users with them may file",
    tag,
    success: { status: 200, schema: pageOf(profile), description: "All profiles" },
    problems: [],
  },
});

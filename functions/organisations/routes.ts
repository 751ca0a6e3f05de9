import * as z from "zod/mini";
import { administratorsAndOperator, defineRoutes } from "../../shared/http/route.ts";
import { newOrganisation, organisation, organisationId, user } from "../../shared/http/schemas.ts";

const tag = "Organisations";

export const routes = defineRoutes({
  registerOrganisation: {
    method: "POST",
    path: "/v1/organisations",
    who: ["contract-managers"],
    summary: "Register an organisation whose signed agreement is in, and appoint its first administrator",
    tag,
    body: newOrganisation,
    success: {
      status: 201,
      schema: z.object({ organisation, administrator: user }),
      description: "Registered; the administrator gets the welcome mail",
      headers: ["Location", "ETag"],
    },
    problems: ["agb-code-in-use", "email-in-use", "email-outside-domain"],
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
});
